using System.Text.Json;
using Sage.Agent.Secrets;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Json;
using Sage.Protocol.Permissions;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Sessions.Library;

/// <summary>Reads an exported session. The text may come from anybody: it can tell what was said, but grant nothing.</summary>
internal static class SessionImport
{
    private static readonly ProtocolJson Json = new(new(ProtocolJson.Default.Options) { MaxDepth = 512 });

    /// <exception cref="SageException">It is not an exported session, or not a whole one.</exception>
    public static ExportedSession Read(string text, SecretRedaction secrets)
    {
        var session = Parse(text);
        return FindProblem(session) is { } problem
            ? throw new SageException(ErrorCodes.InvalidParams, $"This is not an exported session: {problem}.")
            : session with
            {
                Events =
                [
                    .. session.Events.Select(envelope =>
                        envelope with
                        {
                            Event = secrets.Redact((DurableEvent)Harmless(envelope.Event)),
                        }
                    ),
                ],
            };
    }

    private static ExportedSession Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Json.ExportedSession)
                ?? throw new SageException(ErrorCodes.InvalidParams, "This is not an exported session: it is empty.");
        }
        catch (JsonException error)
        {
            throw new SageException(ErrorCodes.InvalidParams, $"This is not an exported session: {error.Message}");
        }
    }

    private static string? FindProblem(ExportedSession session)
    {
        if (session.Format != ExportedSession.TheFormat)
        {
            return $"its format is not '{ExportedSession.TheFormat}'";
        }

        if (session.Events is not [{ Event: SessionCreated created }, ..])
        {
            return "it does not begin with the start of a session";
        }

        if (created.Version > SessionCreated.CurrentVersion)
        {
            return "it was written by a newer version of Sage; update Sage to import it";
        }

        var wrong = session
            .Events.Index()
            .FirstOrDefault(e => e.Item.Event is not DurableEvent || e.Item.Seq != e.Index + 1);
        return wrong.Item is null ? null
            : session.Events.Skip(1).Any(e => e.Event is SessionCreated) ? "it begins twice"
            : $"event {wrong.Index + 1} is missing or is none that is kept";
    }

    private static SessionEvent Harmless(SessionEvent happened) =>
        happened switch
        {
            // A rule in a file that somebody sent is no grant of this user.
            PermissionAnswered answer => answer with { Rule = null, Scope = GrantScope.Once },
            // The mode of the last turn is the next one's, unless the client says another.
            TurnStarted turn => turn with
            {
                Mode = turn.Mode is PermissionMode.AutoEdit or PermissionMode.Full ? PermissionMode.Ask : turn.Mode,
                Command = turn.Command is { } command ? command with { ModeBefore = null } : null,
            },
            PlanAnswered { Mode: PermissionMode.AutoEdit } answer => answer with { Mode = PermissionMode.Ask },
            // What files held is not here. A file of the same name is the user's own, and must not be taken back to anything.
            FileChanged change => change with { Kind = FileChangeKind.Modified, Before = null, After = null },
            HunksKept => new HunksKept([]),
            FilesRestored restored => restored with { Files = [.. restored.Files.Select(WithoutImages)] },
            _ => happened,
        };

    private static RestoredFile WithoutImages(RestoredFile file) =>
        file with
        {
            Kind = FileChangeKind.Modified,
            Before = null,
            After = null,
        };
}
