using System.Buffers;
using System.Text;
using Sage.Agent.Extensions;
using Sage.Tools.Text;

namespace Sage.Tools.Shell.Output;

/// <summary>The whole output of one command on disk, up to a cap. A disk that fails costs the copy, not the command.</summary>
internal sealed class SpillFile : IDisposable
{
    /// <summary>Bytes.</summary>
    public const long Cap = 64 * 1024 * 1024;

    private readonly Stream? _stream;
    private readonly string _path;
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private long _written;
    private string? _failure;
    private bool _closed;

    private SpillFile(Stream? stream, string path, string? failure) =>
        (_stream, _path, _failure) = (stream, path, failure);

    /// <summary>For the model: where the output is, and what is missing from it.</summary>
    public string Description =>
        _failure is not null && _written > 0
            ? $"only the first {FileSize.Text(_written)} of the output could be saved, in {_path}: {_failure}"
        : _failure is not null ? $"the whole output could not be saved: {_failure}"
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

    public void Write(string text)
    {
        if (_stream is null || _closed || _failure is not null || _written >= Cap)
        {
            return;
        }

        // Keeps the half of a character at the end of a piece for the next one.
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var count = (int)Math.Min(_encoder.GetBytes(text, bytes, flush: false), Cap - _written);
        Try(stream => stream.Write(bytes, 0, count));
        _written += _failure is null ? count : 0;
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>Lets others read what was written.</summary>
    public void Flush() => Try(static stream => stream.Flush());

    public void Dispose()
    {
        Try(static stream => stream.Dispose());
        _closed = true;
    }

    private void Try(Action<Stream> work)
    {
        try
        {
            if (_stream is not null && !_closed)
            {
                work(_stream);
            }
        }
        catch (IOException e)
        {
            _failure ??= e.Message;
        }
    }
}
