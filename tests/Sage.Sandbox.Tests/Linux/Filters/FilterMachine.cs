using System.Buffers.Binary;
using Sage.Sandbox.Linux.Filters;

namespace Sage.Sandbox.Tests.Linux.Filters;

/// <summary>Runs a filter program as the kernel would, and fails where the kernel would refuse to take it.</summary>
internal sealed class FilterMachine(FilterInstruction[] program)
{
    /// <param name="architecture">As the kernel numbers it.</param>
    /// <param name="number">Of the call.</param>
    /// <param name="arguments">The first ones; the others are zero.</param>
    public uint Run(uint architecture, int number, params ulong[] arguments)
    {
        var input = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(input, number);
        BinaryPrimitives.WriteUInt32LittleEndian(input.AsSpan(4), architecture);
        for (var index = 0; index < arguments.Length; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(input.AsSpan(16 + 8 * index), arguments[index]);
        }

        return Run(input);
    }

    private uint Run(byte[] input)
    {
        var accumulator = 0u;
        for (var place = 0; place < program.Length; place++)
        {
            var (code, ifTrue, ifFalse, operand) = program[place];
            switch (code)
            {
                case FilterInstruction.LoadWord:
                    Assert.Equal(0u, operand % 4);
                    accumulator = BinaryPrimitives.ReadUInt32LittleEndian(input.AsSpan((int)operand));
                    break;
                case FilterInstruction.And:
                    accumulator &= operand;
                    break;
                case FilterInstruction.Return:
                    return operand;
                default:
                    place += Compare(code, accumulator, operand) ? ifTrue : ifFalse;
                    break;
            }
        }

        throw new InvalidOperationException("It ran over its end.");
    }

    private static bool Compare(ushort code, uint accumulator, uint operand) =>
        code switch
        {
            FilterInstruction.IfEqual => accumulator == operand,
            FilterInstruction.IfAtLeast => accumulator >= operand,
            FilterInstruction.IfAnyBit => (accumulator & operand) != 0,
            _ => throw new InvalidOperationException($"There is no instruction {code}."),
        };
}
