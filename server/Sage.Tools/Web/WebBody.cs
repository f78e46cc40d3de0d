namespace Sage.Tools.Web;

/// <summary>What a server sent, unpacked, up to a limit: what is packed can be a thousand times as long.</summary>
/// <param name="Bytes">Its beginning, or all.</param>
/// <param name="IsCut">True when there was more.</param>
internal sealed record WebBody(ReadOnlyMemory<byte> Bytes, bool IsCut)
{
    public const int Most = 10 * 1024 * 1024;

    public static async Task<WebBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (body.Length < Most)
        {
            var room = (int)Math.Min(buffer.Length, Most - body.Length);
            var count = await stream.ReadAsync(buffer.AsMemory(0, room), cancellationToken);
            if (count == 0)
            {
                return new WebBody(body.ToArray(), IsCut: false);
            }

            body.Write(buffer, 0, count);
        }

        return new WebBody(body.ToArray(), await stream.ReadAsync(buffer.AsMemory(0, 1), cancellationToken) > 0);
    }
}
