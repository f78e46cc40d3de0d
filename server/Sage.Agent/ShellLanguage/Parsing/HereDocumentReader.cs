using Sage.Agent.ShellLanguage.Parsing.Words;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing;

/// <summary>Reads the delimiter of a here-document, and later the lines that it ends.</summary>
internal static class HereDocumentReader
{
    /// <summary>What stands behind <c>&lt;&lt;</c>.</summary>
    public static HereDocumentRedirection ReadOperator(Cursor cursor, int start, int? descriptor)
    {
        if (cursor.Enclosure == Enclosure.Backquotes)
        {
            throw cursor.Refuse("there is a here-document between backquotes");
        }

        var tabs = cursor.TrySkip("-") ? HereDocumentTabs.Removed : HereDocumentTabs.Kept;
        Trivia.SkipBlanks(cursor);
        var word = WordReader.Read(cursor);
        // Wholly quoted or not at all: what is quoted in part is read in several ways.
        var (delimiter, expansion) = word.Parts switch
        {
            [LiteralPart literal] => (literal.Text, HereDocumentExpansion.Expanded),
            [QuotedPart { Quoting: Quoting.Single } quoted] => (quoted.Text, HereDocumentExpansion.Literal),
            [DoubleQuotedPart { Parts: [LiteralPart quoted] }] => (quoted.Text, HereDocumentExpansion.Literal),
            _ => throw cursor.Refuse("it is not certain how the here-document ends"),
        };
        if (delimiter.Length == 0 || delimiter.Contains('\n') || delimiter[0] == '\t')
        {
            throw cursor.Refuse("it is not certain how the here-document ends");
        }

        var redirection = new HereDocumentRedirection(cursor.SpanFrom(start), descriptor, delimiter, tabs, expansion);
        cursor.Awaited.Add(redirection);
        return redirection;
    }

    /// <summary>The lines of all here-documents that begin here.</summary>
    public static void ReadBodies(Cursor cursor)
    {
        foreach (var document in cursor.Awaited)
        {
            document.Body = ReadBody(cursor, document);
        }

        cursor.Awaited.Clear();
    }

    private static HereDocumentBody ReadBody(Cursor cursor, HereDocumentRedirection document)
    {
        var start = cursor.Position;
        var end = SkipLines(cursor, document);
        var span = new SourceSpan(start, end);
        var text = span.In(cursor.Text);
        if (cursor.Enclosure == Enclosure.Substitution && text.ContainsAny(Characters.QuotesAndBrackets))
        {
            // Older shells look for quotes and brackets in it.
            throw cursor.Refuse("a here-document in a substitution holds quotes or brackets");
        }

        if (start == end)
        {
            return new HereDocumentBody(span, []);
        }

        if (document.Expansion == HereDocumentExpansion.Literal)
        {
            return new HereDocumentBody(span, [new LiteralPart(span, text.ToString())]);
        }

        var part = cursor.Part(start, end, cursor.Enclosure);
        var parts = QuoteReader.ReadText(part, Surroundings.HereDocument);
        cursor.Return(part);
        return new HereDocumentBody(span, parts);
    }

    /// <summary>Goes behind the line that ends the document.</summary>
    /// <returns>Where that line begins.</returns>
    private static int SkipLines(Cursor cursor, HereDocumentRedirection document)
    {
        while (!cursor.IsAtEnd)
        {
            var start = cursor.Position;
            var length = cursor.Rest.IndexOf('\n');
            var line = length < 0 ? cursor.Rest : cursor.Rest[..length];
            var shown = document.Tabs == HereDocumentTabs.Removed ? line.TrimStart('\t') : line;
            var isLast = shown.SequenceEqual(document.Delimiter);
            cursor.Skip(line.Length + (length < 0 ? 0 : 1));
            if (isLast)
            {
                return start;
            }
        }

        throw cursor.Refuse("a here-document is not closed");
    }
}
