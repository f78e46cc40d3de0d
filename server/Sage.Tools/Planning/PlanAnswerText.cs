using System.Text;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;

namespace Sage.Tools.Planning;

/// <summary>What the model reads of the user's answer to its plan.</summary>
internal static class PlanAnswerText
{
    private const int LongestQuote = 300;

    /// <summary>It is said nowhere that anybody has accepted it.</summary>
    public const string Unseen =
        "Nobody was there to look at the plan, so it is not accepted. It is the result of this turn, which ends here.";

    /// <param name="answer">Of the user.</param>
    /// <param name="steps">How many steps were found in it.</param>
    public static string Accept(ReviewPlanResult answer, int steps)
    {
        var text = new StringBuilder("The user has accepted the plan. Plan mode has ended: ");
        text.Append(
            answer.Mode == PermissionMode.AutoEdit
                ? "reads and edits in the workspace are free now; other commands ask the user, who may refuse."
                : "edits and commands ask the user now, who may refuse."
        );
        text.Append(
            steps > 0
                ? $" Its {steps} steps are in the list of update_plan."
                : " Write its steps into the list of update_plan."
        );
        text.Append(" Carry the plan out now, and keep that list current: one item in_progress at a time.");
        return Words(text, answer).ToString();
    }

    public static string Revise(ReviewPlanResult answer)
    {
        var text = new StringBuilder("The user wants another plan; this is still plan mode.");
        Words(text, answer);
        return text.Append("\n\nChange the plan, or answer what was asked, and propose it again with exit_plan_mode.")
            .ToString();
    }

    public static string Reject(ReviewPlanResult answer) =>
        Words(new StringBuilder("The user has refused the plan and ended the turn; this is still plan mode."), answer)
            .ToString();

    private static StringBuilder Words(StringBuilder text, ReviewPlanResult answer)
    {
        if (answer.Plan is { } changed)
        {
            text.Append("\n\nThe user has changed the plan. This is the plan now:\n\n").Append(changed);
        }

        if (answer.Reason is { } reason)
        {
            text.Append("\n\nThe user says: ").Append(reason);
        }

        foreach (var comment in answer.Comments ?? [])
        {
            text.Append("\n\nOn line ").Append(comment.Line).Append(" of the plan:\n");
            foreach (var line in Clip(comment.Quote.Trim()).ReplaceLineEndings("\n").Split('\n'))
            {
                text.Append("> ").Append(line).Append('\n');
            }

            text.Append(comment.Text.Trim());
        }

        return text;
    }

    private static string Clip(string quote) => quote.Length <= LongestQuote ? quote : quote[..LongestQuote] + "…";
}
