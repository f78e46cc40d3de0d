using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sage.TestKit;

namespace Sage.Server.Tests.Architecture;

/// <summary>Our own C# files, parsed once.</summary>
internal static class SourceFiles
{
    private static readonly string[] Generated = ["bin", "obj", "out", "node_modules"];

    /// <summary>Paths are relative to the repository, with forward slashes.</summary>
    public static IReadOnlyList<(string Path, SyntaxNode Root)> Product { get; } = Parse("server");

    public static IReadOnlyList<(string Path, SyntaxNode Root)> Tests { get; } = Parse("tests");

    public static IEnumerable<(string Path, SyntaxNode Root)> All => Product.Concat(Tests);

    /// <summary>The first and the last line of a piece of code, 1-based.</summary>
    public static (int First, int Last) Lines(SyntaxNode node)
    {
        var lines = node.SyntaxTree.GetText().Lines;
        return (
            lines.GetLineFromPosition(node.SpanStart).LineNumber + 1,
            lines.GetLineFromPosition(node.Span.End).LineNumber + 1
        );
    }

    private static List<(string Path, SyntaxNode Root)> Parse(string folder) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
                .Where(path => !path.Split('/').Any(Generated.Contains))
                .Order(StringComparer.Ordinal)
                .Select(path =>
                    (path, CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Repository.Root, path))).GetRoot())
                ),
        ];
}
