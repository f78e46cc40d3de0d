using System.Runtime.InteropServices;

namespace Sage.Sandbox.Linux.Filters;

/// <summary>One instruction of the kernel's packet filter, <c>struct sock_filter</c>.</summary>
/// <param name="Code">What it does.</param>
/// <param name="IfTrue">How many instructions a true comparison skips.</param>
/// <param name="IfFalse">How many a false one skips.</param>
/// <param name="Operand">What it compares with, loads, or returns.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand)
{
    public const ushort LoadWord = 0x20; // BPF_LD | BPF_W | BPF_ABS
    public const ushort And = 0x54; // BPF_ALU | BPF_AND | BPF_K
    public const ushort IfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    public const ushort IfAtLeast = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    public const ushort IfAnyBit = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    public const ushort Return = 0x06; // BPF_RET | BPF_K
}
