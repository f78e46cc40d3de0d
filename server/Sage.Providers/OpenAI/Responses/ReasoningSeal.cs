namespace Sage.Providers.OpenAI.Responses;

/// <summary>
/// What <c>TextReasoningContent.ProtectedData</c> holds for a reasoning item: the model, the item's id and its encrypted content.
/// It goes back to the model that wrote it only; nobody else can read it.
/// </summary>
internal static class ReasoningSeal
{
    private const string Mark = "responses ";

    public static string Close(string model, string id, string encrypted) => $"{Mark}{model} {id} {encrypted}";

    /// <returns>Null when the seal is not this model's.</returns>
    public static ReasoningItem? Open(string seal, string summary, string model)
    {
        var start = $"{Mark}{model} ";
        if (!seal.StartsWith(start, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = seal[start.Length..];
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        return space <= 0
            ? null
            : new ReasoningItem(
                rest[..space],
                summary.Length == 0 ? [] : [new SummaryText(summary)],
                rest[(space + 1)..]
            );
    }
}
