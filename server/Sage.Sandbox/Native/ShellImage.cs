using System.Collections;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Sage.Sandbox.Native;

/// <summary>What becomes of a child: the shell, its arguments and its environment, in memory that does not move.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe class ShellImage : IDisposable
{
    /// <summary>Larger than any C library's posix_spawnattr_t, posix_spawn_file_actions_t and sigset_t.</summary>
    public const int OpaqueSize = 1024;

    private readonly List<nint> _blocks = [];

    public ShellImage(string shell, string command)
        : this([shell, "-c", command]) { }

    /// <param name="arguments">The program's own path comes first.</param>
    public ShellImage(string[] arguments)
    {
        Path = (byte*)Keep(Encoding.UTF8.GetBytes(arguments[0]));
        Arguments = KeepAll([.. arguments.Select(Encoding.UTF8.GetBytes)]);
        Environment = KeepAll(OperatingSystem.IsLinux() ? OwnEnvironment() : DecodedEnvironment());
    }

    public byte* Path { get; }

    public byte** Arguments { get; }

    public byte** Environment { get; }

    public void Dispose() => _blocks.ForEach(static block => NativeMemory.Free((void*)block));

    /// <summary>Cuts <c>NAME=value\0NAME=value\0</c> into its strings.</summary>
    internal static List<byte[]> Split(ReadOnlySpan<byte> block)
    {
        var strings = new List<byte[]>();
        while (block.IndexOf((byte)0) is var length and >= 0)
        {
            strings.Add(block[..length].ToArray());
            block = block[(length + 1)..];
        }

        return strings;
    }

    // Byte for byte: decoding and encoding it again would damage what is not UTF-8.
    private static List<byte[]> OwnEnvironment() => Split(File.ReadAllBytes("/proc/self/environ"));

    private static List<byte[]> DecodedEnvironment() =>
        [
            .. System
                .Environment.GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => Encoding.UTF8.GetBytes($"{variable.Key}={variable.Value}")),
        ];

    private byte** KeepAll(List<byte[]> strings)
    {
        var pointers = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
        _blocks.Add((nint)pointers);
        for (var index = 0; index < strings.Count; index++)
        {
            pointers[index] = (byte*)Keep(strings[index]);
        }

        return pointers;
    }

    private nint Keep(ReadOnlySpan<byte> text)
    {
        var block = (byte*)NativeMemory.AllocZeroed((nuint)text.Length + 1);
        text.CopyTo(new Span<byte>(block, text.Length));
        _blocks.Add((nint)block);
        return (nint)block;
    }
}
