using System.Text;
using CsCheck;
using Sage.Sandbox.Commands;

namespace Sage.Sandbox.Tests.Commands;

public sealed class OutputPumpTests
{
    [Fact]
    public Task However_the_bytes_are_cut_the_text_is_the_same() =>
        Gen.Select(Gen.String, Gen.Int[1, 5])
            .SampleAsync(
                async (text, size) =>
                {
                    var bytes = Encoding.UTF8.GetBytes(text);
                    Assert.Equal(Encoding.UTF8.GetString(bytes), await PumpAsync(bytes, size));
                }
            );

    [Fact]
    public Task However_invalid_bytes_are_cut_they_become_the_same_replacements() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Int[1, 5])
            .SampleAsync(
                async (bytes, size) => Assert.Equal(Encoding.UTF8.GetString(bytes), await PumpAsync(bytes, size))
            );

    private static async Task<string> PumpAsync(byte[] bytes, int size)
    {
        var text = new StringBuilder();
        await OutputPump.RunAsync(new SlowStream(bytes, size), Take, CancellationToken.None);
        return text.ToString();

        ValueTask Take(string piece)
        {
            text.Append(piece);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class SlowStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
