using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sage.Tools.Checkpoints.Commands;

/// <summary>
/// Reads the contents of git's objects, as they are: no filter of the repository is run, nothing is fetched, nothing is written.
/// </summary>
internal sealed class GitObjects : IAsyncDisposable
{
    private readonly Process _process;

    private GitObjects(Process process) => _process = process;

    /// <returns>Null where there is no git.</returns>
    public static GitObjects? TryStart(string root)
    {
        var start = new ProcessStartInfo("git", ["--no-pager", "-c", "core.fsmonitor=false", "cat-file", "--batch"])
        {
            WorkingDirectory = root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            UseShellExecute = false,
            CreateNoWindow = true,
            Environment =
            {
                ["GIT_OPTIONAL_LOCKS"] = "0",
                ["GIT_NO_REPLACE_OBJECTS"] = "1",
                ["GIT_NO_LAZY_FETCH"] = "1",
                ["GIT_TERMINAL_PROMPT"] = "0",
            },
        };
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            return new GitObjects(process);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <returns>Null when there is no such object, or it is larger than this.</returns>
    public async Task<byte[]?> ReadAsync(string id, int largest, CancellationToken cancellationToken)
    {
        try
        {
            await _process.StandardInput.WriteAsync($"{id}\n".AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
            var output = _process.StandardOutput.BaseStream;
            var header = (await ReadLineAsync(output, cancellationToken)).Split(' ');
            if (
                header is not [_, "blob", var size]
                || !long.TryParse(size, CultureInfo.InvariantCulture, out var length)
            )
            {
                return null;
            }

            var bytes = length <= largest ? new byte[length] : null;
            await TakeAsync(output, bytes, length, cancellationToken);
            return bytes;
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            _process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or IOException)
        {
            // It has ended by itself.
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    // What is not wanted is read all the same, and the line feed behind it: the next answer begins there.
    private static async Task TakeAsync(Stream output, byte[]? bytes, long length, CancellationToken cancellationToken)
    {
        if (bytes is not null)
        {
            await output.ReadExactlyAsync(bytes, cancellationToken);
        }

        var rest = (bytes is null ? length : 0) + 1;
        var scratch = new byte[Math.Min(rest, 64 * 1024)];
        while (rest > 0)
        {
            var part = scratch.AsMemory(0, (int)Math.Min(rest, scratch.Length));
            await output.ReadExactlyAsync(part, cancellationToken);
            rest -= part.Length;
        }
    }

    private static async Task<string> ReadLineAsync(Stream output, CancellationToken cancellationToken)
    {
        const int longest = 200;
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < longest)
        {
            await output.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                return line.ToString();
            }

            line.Append((char)one[0]);
        }

        throw new InvalidDataException("git answered with something else than an object.");
    }
}
