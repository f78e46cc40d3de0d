using System.Collections.Immutable;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Extensions;

/// <summary>What the workspace says to the model: rule files and facts. Port: implemented in Sage.Extensibility.</summary>
public interface IPromptSource
{
    /// <summary>Sections of the system prompt, in a fixed order. Read when a turn starts; never throws for a bad file.</summary>
    Task<ImmutableArray<PromptSection>> ReadAsync(Workspace workspace, CancellationToken cancellationToken);
}

/// <param name="Title">For example <c>Rules from AGENTS.md</c>.</param>
/// <param name="Text">Markdown.</param>
public sealed record PromptSection(string Title, string Text);
