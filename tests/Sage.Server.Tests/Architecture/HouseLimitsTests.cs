using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sage.Server.Tests.Architecture;

/// <summary>Small files, small methods, small folders, and names that mean something.</summary>
public sealed partial class HouseLimitsTests
{
    private const int LongestFile = 400;
    private const int LongestMethod = 40;
    private const int FullestFolder = 15;

    // Each with its reason. Keep it short: the limit is right more often than the exception.
    private static readonly Dictionary<string, string> Exceptions = [];

    [Fact]
    public void Files_are_short() =>
        Report(
            from file in SourceFiles.All
            let lines = file.Root.SyntaxTree.GetText().Lines.Count
            where lines > LongestFile + 1
            select (file.Path, $"{lines} lines")
        );

    [Fact]
    public void Methods_are_short() =>
        Report(
            from file in SourceFiles.All
            from node in file.Root.DescendantNodes()
            where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
            let body = Body(node)
            where body is not null
            // Between the braces: how a signature is wrapped says nothing about how much there is to understand.
            let lines = SourceFiles.Lines(body)
            let length = lines.Last - lines.First - 1
            where length > LongestMethod
            select ($"{file.Path}:{NameOf(node).ValueText}", $"{length} lines from line {lines.First}")
        );

    [Fact]
    public void Folders_are_not_crowded() =>
        Report(
            from file in SourceFiles.All
            group file by Path.GetDirectoryName(file.Path)!.Replace('\\', '/') into folder
            where folder.Count() > FullestFolder
            select (folder.Key, $"{folder.Count()} files")
        );

    [Fact]
    public void Names_say_what_a_thing_is() =>
        Report(
            from file in SourceFiles.All
            from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            where EmptyWord().IsMatch(type.Identifier.ValueText)
            select ($"{file.Path}:{type.Identifier.ValueText}", "an empty word")
        );

    [Fact]
    public void Folders_have_names_that_say_what_is_in_them() =>
        Report(
            from file in SourceFiles.All
            from part in file.Path.Split('/')[..^1]
            where EmptyWord().IsMatch(part)
            select (file.Path, $"an empty word: {part}")
        );

    [Fact]
    public void Every_exception_is_still_needed()
    {
        var needed = SourceFiles.All.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);

        Assert.All(Exceptions.Keys, key => Assert.Contains(key.Split(':')[0], needed));
    }

    private static void Report(IEnumerable<(string Where, string What)> found)
    {
        var broken = found.Where(f => !Exceptions.ContainsKey(f.Where)).Select(f => $"{f.Where}: {f.What}").ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    private static BlockSyntax? Body(SyntaxNode node) =>
        node switch
        {
            BaseMethodDeclarationSyntax method => method.Body,
            LocalFunctionStatementSyntax local => local.Body,
            AccessorDeclarationSyntax accessor => accessor.Body,
            _ => null,
        };

    private static SyntaxToken NameOf(SyntaxNode node) =>
        node switch
        {
            MethodDeclarationSyntax method => method.Identifier,
            ConstructorDeclarationSyntax constructor => constructor.Identifier,
            LocalFunctionStatementSyntax local => local.Identifier,
            AccessorDeclarationSyntax accessor => accessor.Keyword,
            OperatorDeclarationSyntax op => op.OperatorToken,
            _ => node.GetFirstToken(),
        };

    [GeneratedRegex("(Utils?|Helpers?|Common|Misc|Base|Impl|Manager|Service|Processor|Data|Info)$")]
    private static partial Regex EmptyWord();
}
