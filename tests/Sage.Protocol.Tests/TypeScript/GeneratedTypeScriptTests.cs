using Sage.TestKit;

namespace Sage.Protocol.Tests.TypeScript;

/// <summary>The extension's protocol types are written from the C# records, never by hand.</summary>
public sealed class GeneratedTypeScriptTests
{
    private const string Generated = "sage-vscode/src/protocol/generated.ts";

    [Fact]
    public async Task The_checked_in_TypeScript_says_what_the_records_say()
    {
        var path = Repository.PathOf(Generated);
        var expected = TypeScriptWriter.Write();
        var actual = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
        if (actual.ReplaceLineEndings("\n") == expected)
        {
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, expected);
        Assert.Fail(
            $"{Generated} was stale and has been rewritten: look at the difference, commit it, run the tests again."
        );
    }
}
