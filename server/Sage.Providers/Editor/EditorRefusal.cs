using System.Text.RegularExpressions;
using Sage.Agent.LanguageModels;
using Sage.Protocol.EditorModels;
using Sage.Protocol.Turns;
using Sage.Providers.Failures;

namespace Sage.Providers.Editor;

/// <summary>Puts into words why a model of the editor did not reply, and what to do.</summary>
internal static partial class EditorRefusal
{
    private const int MostWords = 400;

    public static ModelException Explain(EditorModelFailure failure, string model) =>
        failure.Kind switch
        {
            EditorModelFailureKind.NoPermissions => new(
                TurnErrorCodes.Authentication,
                $"VS Code did not let Sage use {model}. It asks for your consent once: send the prompt again and allow it, "
                    + "or choose another model.",
                retryable: true
            ),
            EditorModelFailureKind.NotFound => new(
                TurnErrorCodes.ModelNotFound,
                $"VS Code does not offer {model} any more. Enable the extension that does, or sign in to it; else choose another model.",
                retryable: false
            ),
            _ when IsLimit().IsMatch(failure.Message) => new(
                TurnErrorCodes.RateLimited,
                $"{model} takes no more requests for now: {Quote(failure.Message)}. Try again later, or choose another model.",
                retryable: true
            ),
            EditorModelFailureKind.Blocked => new(
                TurnErrorCodes.ContentFilter,
                $"VS Code blocked the request to {model}: {Quote(failure.Message)}. Rephrase it, or choose another model.",
                retryable: false
            ),
            _ when ContextOverflow.IsMeant(new VendorWords("", failure.Message)) => new(
                TurnErrorCodes.ContextOverflow,
                $"The conversation is longer than {model} takes: {Quote(failure.Message)}.",
                retryable: false
            ),
            _ => new(
                TurnErrorCodes.Network,
                $"VS Code got no reply from {model}: {Quote(failure.Message)}. Try again, or choose another model.",
                retryable: true
            ),
        };

    private static string Quote(string text)
    {
        var clean = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return clean.Length == 0 ? "it does not say why"
            : clean.Length <= MostWords ? clean
            : clean[..MostWords] + "…";
    }

    [GeneratedRegex("quota|rate.?limit|too many requests", RegexOptions.IgnoreCase)]
    private static partial Regex IsLimit();
}
