using System.Text;
using CsCheck;
using Sage.Tools.Text;

namespace Sage.Tools.Tests.Text;

public sealed class TextFileProperties
{
    [Fact]
    public void Any_bytes_decode_to_text_that_encodes_to_the_same_bytes() =>
        Gen.OneOf(Gen.Byte.Array[0, 60], Gen.Byte[0x20, 0x7E].Array[0, 60], Marked(Gen.Byte.Array[0, 40]))
            .Sample(bytes =>
            {
                var file = TextFile.Decode(bytes);
                Assert.True(file.Codec.TryEncode(file.Text, out var again, out _));
                Assert.Equal(bytes, again);
            });

    [Fact]
    public void Text_in_any_encoding_people_use_comes_back_byte_for_byte() =>
        Gen.Select(
                Gen.String[Gen.Char["abc äöüßé€\r\n\t.,;()"], 0, 80],
                Pick.From<Encoding>(
                    new UTF8Encoding(false),
                    new UTF8Encoding(true),
                    Encoding.Unicode,
                    Encoding.BigEndianUnicode,
                    new UTF32Encoding(bigEndian: false, byteOrderMark: true),
                    new UTF32Encoding(bigEndian: true, byteOrderMark: true),
                    Encoding.Latin1,
                    CodePagesEncodingProvider.Instance.GetEncoding(1252)!
                )
            )
            .Sample(
                (text, encoding) =>
                {
                    byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
                    var file = TextFile.Decode(bytes);
                    Assert.True(file.Codec.TryEncode(file.Text, out var again, out _));
                    Assert.Equal(bytes, again);
                }
            );

    [Theory]
    [InlineData(932, "日本語のテキストです。ファイルを読み込みます。")]
    [InlineData(1251, "Привет, мир! Это обычный русский текст в старой кодировке.")]
    [InlineData(936, "这是一个用旧编码保存的中文文件，内容很普通。")]
    public void Legacy_encodings_are_recognised(int codePage, string text)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text);
        Assert.Equal(text, TextFile.Decode(bytes).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF_32_is_text_although_it_is_full_of_zeros(bool bigEndian)
    {
        var encoding = new UTF32Encoding(bigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("a𝄞b\r\n")];
        Assert.IsType<ContentKind.Text>(ContentKind.Of(bytes));
        var file = TextFile.Decode(bytes);
        Assert.Equal(("a𝄞b\r\n", bigEndian ? "UTF-32 BE" : "UTF-32 LE"), (file.Text, file.Codec.Name));
        Assert.False(file.Codec.TryEncode("a\uD800", out _, out var unknown));
        Assert.Equal("U+D800", unknown);
    }

    /// <summary>Two halves of a pair, each as a character of its own, would come back as one.</summary>
    [Fact]
    public void UTF_32_with_halves_of_pairs_is_not_taken_for_text_of_that_encoding()
    {
        byte[] bytes = [0xFF, 0xFE, 0, 0, 0x34, 0xD8, 0, 0, 0x1E, 0xDD, 0, 0];
        var file = TextFile.Decode(bytes);
        Assert.True(file.Codec.TryEncode(file.Text, out var again, out _));
        Assert.Equal(bytes, again);
    }

    private static Gen<byte[]> Marked(Gen<byte[]> bytes) =>
        Gen.Select(
            Pick.From<byte[]>([0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]),
            bytes,
            static (mark, rest) => (byte[])[.. mark, .. rest]
        );
}
