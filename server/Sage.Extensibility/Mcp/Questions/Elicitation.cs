using System.Collections.Immutable;
using ModelContextProtocol.Protocol;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.ToolCalls;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Connections;
using Sage.Protocol.Mcp;
using Sage.Protocol.Questions;

namespace Sage.Extensibility.Mcp.Questions;

/// <summary>
/// What a server asks the user while it works on a call: a form, or a page to visit. It is asked where the call was made, and ends
/// with it. Nobody is there in a terminal: the answer is no.
/// </summary>
internal sealed class Elicitation(McpServerSpec spec, OpenCalls calls, IEditorHelp editor)
{
    private const int MostMessage = 2_000;

    // Whoever gets it wrong so often is not helped by being asked again.
    private const int MostAttempts = 5;

    private const string Agree = "Agree";
    private const string Open = "Open";

    private static readonly ElicitResult Cancelled = new() { Action = "cancel" };
    private static readonly ElicitResult Declined = new() { Action = "decline" };

    public async ValueTask<ElicitResult> AnswerAsync(ElicitRequestParams? request, CancellationToken cancellationToken)
    {
        if (request is null || calls.Asking is not { } call)
        {
            return Cancelled;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.Stopped);
        try
        {
            await call.Card.WaitAsync(either.Token);
            try
            {
                return request.Mode == "url"
                    ? await VisitAsync(request, call.Context, either.Token)
                    : await FillInAsync(request, call.Context, either.Token);
            }
            finally
            {
                call.Card.Release();
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return Cancelled;
        }
    }

    private async Task<ElicitResult> FillInAsync(
        ElicitRequestParams request,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        if (ElicitedForm.Of(request.RequestedSchema) is not { } form)
        {
            return Declined;
        }

        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var questions = form.IsEmpty ? [OneAnswer("Do you agree?", Agree)] : form.Questions;
            var answer = await AskAsync(request, context, questions, cancellationToken);
            if (answer.Refusal is { } refusal)
            {
                return refusal;
            }

            if (form.TryTake(answer.Answers))
            {
                return new ElicitResult { Action = "accept", Content = form.Content };
            }
        }

        return Cancelled;
    }

    private async Task<ElicitResult> VisitAsync(
        ElicitRequestParams request,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        if (request.Url is not { } url || !McpServerSpec.IsWebAddress(url))
        {
            return Declined;
        }

        var address = new Uri(url).AbsoluteUri;
        var question = OneAnswer($"Open this page of {new Uri(url).Host} in your browser? {address}", Open);
        var answer = await AskAsync(request, context, [question], cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            return refusal;
        }

        var page = new OpenAddressParams(address, spec.Name, AddressPurpose.Page);
        return await editor.OpenAsync(page, cancellationToken) ? new ElicitResult { Action = "accept" } : Cancelled;
    }

    private async Task<(ElicitResult? Refusal, ImmutableArray<ImmutableArray<string>> Answers)> AskAsync(
        ElicitRequestParams request,
        ToolContext context,
        ImmutableArray<Question> questions,
        CancellationToken cancellationToken
    )
    {
        var from = new QuestionSource(spec.Name, ServerWords.Shown(request.Message, MostMessage));
        var asked = new AskQuestionParams(context.SessionId, context.CallId, questions, from);
        return await context.Client.AskQuestionAsync(asked, cancellationToken) switch
        {
            null or { Declined: true } => (Declined, []),
            { Dismissed: true } => (Cancelled, []),
            { Answers: var answers } => (null, answers.IsDefault ? [] : answers),
        };
    }

    private static Question OneAnswer(string text, string option) =>
        new(text, [new QuestionOption(option)], IsClosed: true);
}
