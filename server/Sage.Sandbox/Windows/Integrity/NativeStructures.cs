using System.Runtime.InteropServices;

namespace Sage.Sandbox.Windows.Integrity;

/// <summary><c>STARTUPINFOW</c>, of which the streams are used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StartupInformation
{
    public const uint UseStreams = 0x100; // STARTF_USESTDHANDLES

    public uint Size;
    public nint Reserved;
    public nint Desktop;
    public nint Title;
    public uint X;
    public uint Y;
    public uint Width;
    public uint Height;
    public uint Columns;
    public uint Rows;
    public uint Fill;
    public uint Flags;
    public ushort Show;
    public ushort ReservedSize;
    public nint ReservedBytes;
    public nint Input;
    public nint Output;
    public nint Error;
}

/// <summary><c>PROCESS_INFORMATION</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProcessInformation
{
    public nint Process;
    public nint Thread;
    public uint ProcessId;
    public uint ThreadId;
}

/// <summary><c>TOKEN_MANDATORY_LABEL</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TokenLabel
{
    public nint Sid;
    public uint Attributes;
}
