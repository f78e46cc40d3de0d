using System.Collections.Immutable;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Extensions;

/// <summary>What the workspace says to the model: rule files and facts. Port: implemented in Sage.Extensibility.</summary>
public interface IPromptSource
{
    /// <summary>
    /// Sections of the system prompt, in a fixed order. Read when a turn starts; never throws for a bad file. What does not have to
    /// change in a session must not: with each change the provider reads the whole conversation anew instead of from its cache.
    /// </summary>
    /// <param name="workspace">Where the session works.</param>
    /// <param name="sessionStarted">When the session was made; the same in every turn, and after it is opened again.</param>
    /// <param name="cancellationToken">Stops the turn.</param>
    Task<ImmutableArray<PromptSection>> ReadAsync(
        Workspace workspace,
        DateTimeOffset sessionStarted,
        CancellationToken cancellationToken
    );
}

/// <param name="Title">For example <c>Rules from AGENTS.md</c>.</param>
/// <param name="Text">Markdown; empty leaves the section out.</param>
public sealed record PromptSection(string Title, string Text)
{
    /// <summary>False for what only whoever talks to the user can use.</summary>
    public bool IsForSubagents { get; init; } = true;

    /// <summary>What the user should know of it: a file that could not be read. Said once in a session.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}
