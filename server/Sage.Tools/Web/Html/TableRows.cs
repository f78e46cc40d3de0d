using AngleSharp.Dom;

namespace Sage.Tools.Web.Html;

/// <summary>The cells of a table that is one; tables were also used to lay out pages.</summary>
internal static class TableRows
{
    private const int MostColumns = 40;

    /// <returns>Null for a table that holds no table of words.</returns>
    public static List<List<IElement>>? Of(IElement table)
    {
        List<List<IElement>> rows = [.. Rows(table).Select(Cells).Where(static cells => cells.Count > 0)];
        var isLayout =
            rows.Count == 0
            || rows.TrueForAll(static row => row.Count == 1)
            || rows.Exists(static row => row.Count > MostColumns)
            || table.GetAttribute("role") is "presentation" or "none"
            || rows.Exists(static row => row.Exists(HoldsBlocks));
        return isLayout ? null : rows;
    }

    private static IEnumerable<IElement> Rows(IElement table) =>
        table
            .Children.SelectMany(RowsOf)
            .Where(static row => row.LocalName == "tr" && !HiddenElements.SaysNothing(row));

    private static IEnumerable<IElement> RowsOf(IElement part) =>
        part.LocalName switch
        {
            "tr" => [part],
            "thead" or "tbody" or "tfoot" => part.Children,
            _ => [],
        };

    private static List<IElement> Cells(IElement row) =>
        [.. row.Children.Where(static cell => cell.LocalName is "td" or "th" && !HiddenElements.SaysNothing(cell))];

    private static bool HoldsBlocks(IElement cell) =>
        NodeWalk.Elements(cell).Any(static element => element.LocalName is "table" or "pre" or "h1" or "h2" or "h3");
}
