using System.ComponentModel;

namespace Sage.Tools.Editing;

internal sealed record TextEdit(
    [property: Description("Exact text to replace, unique in the file.")] string OldText,
    string NewText,
    [property: Description("Replace every occurrence.")] bool ReplaceAll = false
);
