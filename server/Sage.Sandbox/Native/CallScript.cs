using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Sage.Sandbox.Native;

/// <summary>System calls that a child makes before it becomes the shell, with all they need in memory that does not move.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class CallScript : IDisposable
{
    /// <summary>As a first argument: what the last call without it has returned.</summary>
    public static readonly nint LastResult = nint.MinValue;

    private const int MostCalls = 4096;

    private readonly PreparedCall* _calls = (PreparedCall*)
        NativeMemory.AllocZeroed(MostCalls, (nuint)sizeof(PreparedCall));
    private readonly List<nint> _blocks = [];
    private readonly List<string> _names = [];

    public PreparedCall* Calls => _calls;

    public int Count => _names.Count;

    /// <param name="name">For the message when it fails.</param>
    public void Add(
        string name,
        nint number,
        nint first = 0,
        nint second = 0,
        nint third = 0,
        nint fourth = 0,
        nint fifth = 0
    )
    {
        if (Count == MostCalls)
        {
            throw new InvalidOperationException("These are more paths than can be walled.");
        }

        _calls[Count] = new PreparedCall(number, first, second, third, fourth, fifth);
        _names.Add(name);
    }

    public string NameOf(int step) => _names[step];

    /// <summary>A string of C.</summary>
    public nint Text(string text) => Bytes([.. Encoding.UTF8.GetBytes(text), 0]);

    public nint Bytes(ReadOnlySpan<byte> bytes)
    {
        var block = NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(block, bytes.Length));
        _blocks.Add((nint)block);
        return (nint)block;
    }

    public void Dispose()
    {
        NativeMemory.Free(_calls);
        _blocks.ForEach(static block => NativeMemory.Free((void*)block));
    }
}

/// <summary>One of them.</summary>
internal readonly record struct PreparedCall(nint Number, nint First, nint Second, nint Third, nint Fourth, nint Fifth);
