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

    private static Gen<byte[]> Marked(Gen<byte[]> bytes) =>
        Gen.Select(
            Pick.From<byte[]>([0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]),
            bytes,
            static (mark, rest) => (byte[])[.. mark, .. rest]
        );
}
