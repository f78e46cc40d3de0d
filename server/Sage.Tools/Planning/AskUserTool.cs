using System.Collections.Immutable;
using System.ComponentModel;
using System.Text;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Questions;
using Sage.Tools.Schemas;

namespace Sage.Tools.Planning;

internal sealed record AskUserInput([property: Description("1 to 4.")] ImmutableArray<UserQuestion> Questions);

internal sealed record UserQuestion(
    string Question,
    [property: Description("Suggested answers; the user may also write one.")] ImmutableArray<UserOption> Options,
    [property: Description("Several options may be chosen.")] bool Multiple = false
);

internal sealed record UserOption(string Label, string? Description = null);

/// <summary>Puts questions to the user and waits for the answers.</summary>
internal sealed class AskUserTool()
    : Tool<AskUserInput>(
        Name,
        "Ask the user when a decision is theirs and the code cannot answer it.",
        ToolInputJson.Default.AskUserInput,
        // People may be away; stopping the turn ends the wait.
        TimeSpan.FromDays(1)
    )
{
    private const string Name = "ask_user";
    private const int MostQuestions = 4;

    protected override Preparation PrepareCall(AskUserInput input, ToolContext context)
    {
        if (input.Questions.IsDefault || input.Questions.Length is 0 or > MostQuestions)
        {
            return new Preparation.Rejected($"`questions` must hold 1 to {MostQuestions} questions.");
        }

        if (input.Questions.Any(static question => string.IsNullOrWhiteSpace(question.Question)))
        {
            return new Preparation.Rejected("Each of `questions` needs a `question`.");
        }

        return new Preparation.Accepted(
            new PreparedCall(
                $"Ask: {input.Questions[0].Question}",
                ResourceAccess.None,
                new PermissionKey(PermissionKind.Read, Name),
                token => RunAsync(input.Questions, context, token)
            )
        );
    }

    private static async Task<ToolResult> RunAsync(
        ImmutableArray<UserQuestion> questions,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var request = new AskQuestionParams(context.SessionId, context.CallId, [.. questions.Select(ToProtocol)]);
        return await context.Client.AskQuestionAsync(request, cancellationToken) switch
        {
            null => ToolResult.Error(
                "Nobody is there to answer: this session runs without a user. Proceed on your best judgement and say what you assumed."
            ),
            { Dismissed: true } => ToolResult.Error(
                "The user closed the questions without answering. Proceed on your best judgement, or ask in your reply."
            ),
            { Answers: var answers } => ToolResult.Ok(Report(questions, answers)),
        };
    }

    private static Question ToProtocol(UserQuestion question) =>
        new(
            question.Question,
            question.Options.IsDefault
                ? []
                : [.. question.Options.Select(static option => new QuestionOption(option.Label, option.Description))],
            question.Multiple
        );

    private static string Report(ImmutableArray<UserQuestion> questions, ImmutableArray<ImmutableArray<string>> answers)
    {
        var text = new StringBuilder();
        for (var i = 0; i < questions.Length; i++)
        {
            var given = !answers.IsDefault && i < answers.Length && !answers[i].IsDefaultOrEmpty;
            text.Append(i > 0 ? "\n" : "").Append(questions[i].Question).Append("\n→ ");
            text.Append(given ? string.Join(", ", answers[i]) : "(no answer)");
        }

        return text.ToString();
    }
}
