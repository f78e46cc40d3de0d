using System.Text;
using Microsoft.Extensions.AI;
using Sage.Protocol.Events;

namespace Sage.Agent.Context;

/// <summary>Tells the model that the user has taken back some of its changes, and why if they said so.</summary>
internal sealed class RestoreNews(FilesRestored restored) : Passage
{
    private const int MostFiles = 20;
    private readonly ChatMessage _message = new(ChatRole.User, $"({Text(restored)})");

    public override IEnumerable<ChatMessage> Messages() => [_message];

    public override PassageState Save() => new RestoreNewsState(restored);

    private static string Text(FilesRestored restored)
    {
        var text = new StringBuilder(
            restored.Kind switch
            {
                RestoreKind.Undone => "Sage: the user took back changes of yours in ",
                RestoreKind.Restored => "Sage: the user took files back to how they were earlier in this session: ",
                RestoreKind.Redone => "Sage: the user restored changes that they had taken back, in ",
                _ => throw new ArgumentOutOfRangeException(nameof(restored)),
            }
        );
        text.AppendJoin(", ", restored.Files.Take(MostFiles).Select(Describe));
        if (restored.Files.Length > MostFiles)
        {
            text.Append($" and {restored.Files.Length - MostFiles} more");
        }

        text.Append(". Read these files again before you change them.");
        if (restored.Reason is { } reason)
        {
            text.Append(" The user says why: ").Append(reason);
        }

        return text.ToString();
    }

    private static string Describe(RestoredFile file)
    {
        var lines = file.Hunks.Select(hunk =>
            hunk.NewLines <= 1 ? $"{hunk.NewStart}" : $"{hunk.NewStart}-{hunk.NewStart + hunk.NewLines - 1}"
        );
        return file.Kind switch
        {
            FileChangeKind.Deleted => $"{file.Path} (deleted)",
            FileChangeKind.Created => $"{file.Path} (created again)",
            _ when file.Hunks.IsEmpty => file.Path,
            _ => $"{file.Path} (about lines {string.Join(", ", lines)})",
        };
    }
}
