#pragma warning disable RS0030 // The one place that touches the console; everybody else gets streams and writers from here.
using System.Text;

namespace Sage.Server.Cli;

/// <summary>The standard streams of the process, taken once. Afterwards a stray <c>Console.Write</c> ends up on standard error.</summary>
internal sealed class Terminal
{
    private readonly Lazy<TextWriter> _error = new(() =>
        new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true }
    );

    private Terminal(Stream input, Stream output)
    {
        Input = input;
        Output = output;
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public TextWriter Error => _error.Value;

    public static Terminal Take()
    {
        var terminal = new Terminal(Console.OpenStandardInput(), Console.OpenStandardOutput());
        Console.SetOut(TextWriter.Synchronized(new LazyErrorWriter(terminal._error)));
        return terminal;
    }

    // Console.Error would be created at every start for writes that never happen.
    private sealed class LazyErrorWriter(Lazy<TextWriter> error) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => error.Value.Write(value);

        public override void Write(string? value) => error.Value.Write(value);
    }
}
