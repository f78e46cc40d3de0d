using System.Text;
using System.Text.Json;
using CsCheck;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Files;
using Sage.Tools.Files.Patching;

namespace Sage.Tools.Tests.Files;

/// <summary>
/// Files as people have them – encodings, marks, line endings, with and without a final one – changed by the tools: outside the
/// lines that change every byte stays.
/// </summary>
public sealed class ByteKeepingProperties : IDisposable
{
    private const string Target = "target line";

    private static readonly Gen<Encoding> Encodings = Pick.From<Encoding>(
        new UTF8Encoding(false),
        new UTF8Encoding(true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        new UTF32Encoding(bigEndian: false, byteOrderMark: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        Encoding.Latin1,
        CodePagesEncodingProvider.Instance.GetEncoding(1252)!
    );

    private static readonly Gen<string[]> Endings = Pick.From<string[]>(
        ["\n"],
        ["\r\n"],
        ["\r"],
        ["\n", "\r\n"],
        ["\n", "\r\n", "\r"]
    );

    // Never empty: a lone LF behind a CR would be another line ending.
    private static readonly Gen<string> Line = Gen.String[Gen.Char["abc äöüé {};\t"], 1, 12];

    private static readonly Gen<string[]> NewLines = Gen.String[Gen.Char["xyz =;"], 1, 8].Array[1, 3];

    private static readonly Gen<Sample> Samples = Gen.Select(
        Encodings,
        Endings.SelectMany(endings => Gen.Select(Pick.From(endings).Array[14], Gen.Int[0, 1])),
        Gen.Select(Line.Array[0, 6], Line.Array[0, 6]),
        NewLines,
        static (encoding, endings, lines, changed) =>
            new Sample(encoding, endings.Item1, endings.Item2 == 1, lines.Item1, lines.Item2, changed)
    );

    private readonly ToolBench _bench = new();
    private readonly EditFileTool _edit;
    private readonly ApplyPatchTool _patch;

    public ByteKeepingProperties()
    {
        var rewriter = new FileRewriter(_bench.Files, _bench.Images);
        (_edit, _patch) = (new EditFileTool(rewriter), new ApplyPatchTool(rewriter));
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public Task An_edit_keeps_every_byte_around_it() =>
        Samples.SampleAsync(
            sample =>
                CheckAsync(
                    sample,
                    _edit,
                    path =>
                        JsonSerializer.Serialize(
                            new
                            {
                                path,
                                edits = new[]
                                {
                                    new { old_text = Target, new_text = string.Join('\n', sample.Changed) },
                                },
                            }
                        )
                ),
            iter: 300
        );

    [Fact]
    public Task A_patch_keeps_every_byte_around_it() =>
        Samples.SampleAsync(
            sample =>
                CheckAsync(
                    sample,
                    _patch,
                    path =>
                        JsonSerializer.Serialize(
                            new
                            {
                                patch = $"*** Begin Patch\n*** Update File: {path}\n-{Target}\n"
                                    + string.Concat(sample.Changed.Select(static line => $"+{line}\n")),
                            }
                        )
                ),
            iter: 300
        );

    private async Task CheckAsync(Sample sample, ITool tool, Func<string, string> json)
    {
        var path = $"{Guid.NewGuid():N}.txt";
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherExecute;
        var file = _bench.Write(path, sample.Bytes);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }

        var result = await _bench.RunAsync(tool, json(path));

        Assert.True(result.Status == ToolCallStatus.Ok, result.Text);
        var after = _bench.Bytes(path);
        Assert.Equal(sample.Head, after[..sample.Head.Length]);
        Assert.Equal(sample.Tail, after[^sample.Tail.Length..]);
        var middle = sample.Encoding.GetString(after[sample.Head.Length..^sample.Tail.Length]);
        Assert.Equal(sample.Changed, middle.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == mode);
        File.Delete(file);
    }

    /// <param name="Encoding">With its mark.</param>
    /// <param name="Endings">One for each line.</param>
    /// <param name="EndsOpen">The last line has no ending.</param>
    /// <param name="Before">Lines before the target.</param>
    /// <param name="After">Lines behind it.</param>
    /// <param name="Changed">What shall stand in the place of the target.</param>
    private sealed record Sample(
        Encoding Encoding,
        string[] Endings,
        bool EndsOpen,
        string[] Before,
        string[] After,
        string[] Changed
    )
    {
        public byte[] Head =>
            [
                .. Encoding.GetPreamble(),
                .. Encoding.GetBytes(string.Concat(Before.Select((line, i) => line + Endings[i]))),
            ];

        /// <summary>From the ending of the target on; where two lines take its place, the last of them has it.</summary>
        public byte[] Tail => Encoding.GetBytes(Ended(After.Length == 0 ? "" : Endings[6], After));

        public byte[] Bytes => [.. Head, .. Encoding.GetBytes(Target + TargetEnding), .. Encoding.GetBytes(Rest)];

        private string TargetEnding => After.Length == 0 && EndsOpen ? "" : Endings[6];

        private string Rest => Ended("", After);

        private string Ended(string first, string[] lines) =>
            lines.Length == 0
                ? first
                : first
                    + string.Concat(
                        lines.Select((line, i) => i == lines.Length - 1 && EndsOpen ? line : line + Endings[7 + i])
                    );
    }
}
