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
