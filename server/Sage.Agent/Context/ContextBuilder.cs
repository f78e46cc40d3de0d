using System.Text;
using Microsoft.Extensions.AI;
using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Context;

/// <summary>Puts together what a model request says: the system prompt, then the conversation.</summary>
internal sealed class ContextBuilder(IEnumerable<IPromptSource> sources)
{
    /// <summary>The system prompt of a turn. The same session gives the same bytes, so that provider caches hold.</summary>
    public async Task<WholePrompt> SystemPromptAsync(
        Workspace workspace,
        DateTimeOffset sessionStarted,
        PermissionMode mode,
        CancellationToken cancellationToken,
        PromptReader reader = PromptReader.Agent
    )
    {
        var fromSources = new List<PromptSection>();
        foreach (var source in sources)
        {
            fromSources.AddRange(await source.ReadAsync(workspace, sessionStarted, cancellationToken));
        }

        var sections = SystemPrompt.Sections(
            mode,
            fromSources.Where(section =>
                section.Text.Length > 0 && (reader == PromptReader.Agent || section.IsForSubagents)
            )
        );
        return new WholePrompt(
            new ChatMessage(ChatRole.System, Render(sections)),
            [.. fromSources.SelectMany(static section => section.Notices.AsEnumerable())]
        );
    }

    public static List<ChatMessage> Build(ChatMessage systemPrompt, Conversation conversation)
    {
        List<ChatMessage> messages = [systemPrompt, .. conversation.Messages()];
        if (messages[^1].Role == ChatRole.Assistant)
        {
            // A reply broke off in its words. Not every vendor lets a model go on in the middle of its own message.
            messages.Add(new ChatMessage(ChatRole.User, GoOn));
        }

        return messages;
    }

    private const string GoOn =
        "(Sage: the connection broke here. Go on exactly where you stopped; do not repeat what you have said.)";

    private static string Render(IEnumerable<PromptSection> sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            text.Append("# ").Append(section.Title).Append('\n').Append(section.Text.Trim()).Append("\n\n");
        }

        return text.ToString().TrimEnd();
    }
}
