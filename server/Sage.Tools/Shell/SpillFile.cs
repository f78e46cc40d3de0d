using System.Text;
using Sage.Agent.Extensions;
using Sage.Tools.Text;

namespace Sage.Tools.Shell;

/// <summary>The whole output of one command on disk, up to a cap. A disk that fails costs the copy, not the command.</summary>
internal sealed class SpillFile : IAsyncDisposable
{
    /// <summary>Bytes.</summary>
    public const long Cap = 64 * 1024 * 1024;

    private readonly Stream? _stream;
    private readonly string _path;
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private long _written;
    private string? _failure;

    private SpillFile(Stream? stream, string path, string? failure) =>
        (_stream, _path, _failure) = (stream, path, failure);

    /// <summary>For the model: where the output is, and what is missing from it.</summary>
    public string Description =>
        _failure is not null ? $"the whole output could not be saved: {_failure}"
        : _written >= Cap ? $"the first {FileSize.Text(Cap)} of the output are in {_path}"
        : $"the whole output is in {_path}";

    public static SpillFile Open(ISpillFiles files, string sessionId, string callId)
    {
        try
        {
            return new(files.Create(sessionId, callId, out var path), path, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, "", e.Message);
        }
    }

    public async ValueTask WriteAsync(string text)
    {
        if (_stream is null || _failure is not null || _written >= Cap)
        {
            return;
        }

        // Keeps the half of a character at the end of a piece for the next one.
        var bytes = new byte[_encoder.GetByteCount(text, flush: false)];
        _encoder.GetBytes(text, bytes, flush: false);
        var count = (int)Math.Min(bytes.Length, Cap - _written);
        try
        {
            await _stream.WriteAsync(bytes.AsMemory(0, count));
            _written += count;
        }
        catch (IOException e)
        {
            _failure = e.Message;
        }
    }

    public async ValueTask FlushAsync()
    {
        try
        {
            await (_stream?.FlushAsync() ?? Task.CompletedTask);
        }
        catch (IOException e)
        {
            _failure ??= e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_stream?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (IOException e)
        {
            _failure ??= e.Message;
        }
    }
}
