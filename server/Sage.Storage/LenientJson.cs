using System.Text.Json;

namespace Sage.Storage;

/// <summary>JSON as people write it: with comments, and commas after the last element.</summary>
internal static class LenientJson
{
    public static JsonReaderOptions ReaderOptions { get; } =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
}
