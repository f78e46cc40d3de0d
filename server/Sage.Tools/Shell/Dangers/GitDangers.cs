using Sage.Agent.Permissions;

namespace Sage.Tools.Shell.Dangers;

/// <summary>What git cannot bring back, or takes from others.</summary>
internal static class GitDangers
{
    public static Danger? Of(RunnableCommand git)
    {
        var words = git.Arguments;
        // -C folder, -c name=value
        while (words is [{ IsOption: true } option, .. var rest])
        {
            words = option.Text is "-C" or "-c" && rest is [_, .. var afterValue] ? afterValue : rest;
        }

        if (words is not [var verb, .. var arguments])
        {
            return null;
        }

        var command = git with { Arguments = arguments };
        return verb.Text switch
        {
            "push" => OfPush(command),
            "clean" when command.Has("f", "--force") => Notable(
                command.Has("xX")
                    ? "It deletes every file that git does not track, ignored ones such as .env too."
                    : "It deletes files that git does not track."
            ),
            "reset" when command.Has("", "--hard") => Notable("It throws away all changes that are not committed."),
            "checkout" or "restore" when command.Operands.Any(path => path.Text is "." or ":/" or "*") => Notable(
                "It throws away changes that are not committed."
            ),
            "checkout" or "switch" when command.Has("f", "--force", "--discard-changes") => Notable(
                "It throws away changes that are not committed."
            ),
            "stash" when command.Operands.FirstOrDefault().Text is "drop" or "clear" => Notable(
                "It throws away stashed changes."
            ),
            "branch" when command.Has("D") => Notable("It deletes a branch, merged or not."),
            "filter-branch" or "filter-repo" => Notable("It rewrites the history of the repository."),
            "reflog" when command.Operands.FirstOrDefault().Text is "expire" or "delete" => Notable(
                "It deletes what git needs to bring back old commits."
            ),
            "update-ref" when command.Has("d") => Notable("It deletes a reference."),
            _ => null,
        };
    }

    private static Danger? OfPush(RunnableCommand push) =>
        push.Arguments.Any(word =>
            word.HasLetter('f') || word.Text.StartsWith("--force", StringComparison.Ordinal) || word.Text is ['+', ..]
        )
            ? new Danger("It replaces what others have in the remote repository.", DangerLevel.Grave)
        : push.Has("d", "--delete", "--mirror", "--prune")
        || push.Operands.Skip(1).Any(word => word.Text is [':', _, ..])
            ? new Danger("It deletes branches or tags of the remote repository.", DangerLevel.Grave)
        : null;

    private static Danger Notable(string text) => new(text, DangerLevel.Notable);
}
