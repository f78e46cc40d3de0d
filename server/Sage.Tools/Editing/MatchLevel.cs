namespace Sage.Tools.Editing;

/// <summary>How strictly text is compared; each level is tried only when the one before finds nothing.</summary>
internal enum MatchLevel
{
    Exact,

    /// <summary>Spaces at the ends of lines may differ.</summary>
    TrailingWhitespace,

    /// <summary>All lines may be indented by the same amount more or less.</summary>
    Indentation,

    /// <summary>Typographic quotes, dashes and spaces equal their plain forms; ends of lines may differ.</summary>
    Typography,
}

/// <summary>Tells the model how loosely its text was matched.</summary>
internal static class MatchNote
{
    /// <summary>A sentence with a space before it; empty when it matched exactly.</summary>
    public static string On(MatchLevel loosest) =>
        loosest switch
        {
            MatchLevel.TrailingWhitespace => " It matched when spaces at line ends were ignored.",
            MatchLevel.Indentation =>
                " It matched at another indentation, and the new text was indented like the file.",
            MatchLevel.Typography => " It matched when typographic quotes, dashes and spaces were taken as plain ones.",
            _ => "",
        };
}
