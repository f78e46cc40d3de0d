#pragma warning disable RS0030 // The one place that touches the console; everybody else gets streams and writers from here.
using System.Text;

namespace Sage.Server.Cli;

/// <summary>The standard streams of the process, taken once. Afterwards a stray <c>Console.Write</c> ends up on standard error.</summary>
internal sealed class Terminal
{
    private readonly Lazy<TextWriter> _error;

    /// <summary>Any three streams; a process takes its own with <see cref="Take"/>.</summary>
    internal Terminal(Stream input, Stream output, Lazy<TextWriter> error)
    {
        Input = input;
        Output = output;
        _error = error;
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public TextWriter Error => _error.Value;

    public static Terminal Take()
    {
        var error = new Lazy<TextWriter>(() =>
            new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true }
        );
        var terminal = new Terminal(Console.OpenStandardInput(), Console.OpenStandardOutput(), error);
        Console.SetOut(TextWriter.Synchronized(new LazyErrorWriter(error)));
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
