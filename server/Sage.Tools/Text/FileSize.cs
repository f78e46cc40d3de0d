namespace Sage.Tools.Text;

/// <summary>Writes sizes for people.</summary>
internal static class FileSize
{
    public static string Text(long bytes) =>
        bytes switch
        {
            1 => "1 byte",
            < 1024 => $"{bytes} bytes",
            < 1024 * 1024 => $"{bytes / 1024.0:0.#} KB",
            _ => $"{bytes / (1024.0 * 1024):0.#} MB",
        };
}
