using System.Buffers;
using System.Text;

namespace Sage.Tools.Shell.Output;

/// <summary>
/// What a terminal would show in the end, as plain text: escape sequences removed, a line that was written over (progress
/// bars) kept in its last form. Fed in pieces; holds back the current line only.
/// </summary>
internal sealed class TerminalText
{
    // A longer line is passed on in pieces; what is passed on can no longer be written over.
    private const int LongestLine = 16 * 1024;

    private static readonly SearchValues<char> Control = SearchValues.Create(
        string.Concat(
            Enumerable
                .Range(0, 0xA0)
                .Select(code => (char)code)
                .Where(c => char.IsControl(c) && c is not ('\n' or '\t'))
        )
    );

    private readonly StringBuilder _line = new();
    private State _state;
    private bool _carriageReturn;

    private enum State
    {
        Text,
        Escape,

        /// <summary><c>ESC [ … letter</c></summary>
        ControlSequence,

        /// <summary><c>ESC ] … BEL</c> and its kin, also ended by <c>ESC \</c>.</summary>
        String,
        StringEscape,

        /// <summary><c>ESC ( B</c>: one more character.</summary>
        Designator,
    }

    /// <summary>True when there is part of a line that was not passed on.</summary>
    public bool HoldsBack => _line.Length > 0;

    /// <summary>Takes a piece of output and gives what is final of it.</summary>
    public string Feed(string text)
    {
        var final = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            // Almost everything is plain text, which is looked at in one sweep.
            var plain = _state == State.Text && !_carriageReturn ? LengthOfPlainText(rest) : 0;
            ShowPlain(rest[..plain], final);
            if (plain < rest.Length)
            {
                Take(rest[plain++], final);
            }

            rest = rest[plain..];
        }

        return final.ToString();
    }

    /// <summary>The rest, when no more will come.</summary>
    public string Finish()
    {
        var rest = _line.ToString();
        _line.Clear();
        return rest;
    }

    private static int LengthOfPlainText(ReadOnlySpan<char> text) =>
        text.IndexOfAny(Control) is var end and >= 0 ? end : text.Length;

    private void ShowPlain(ReadOnlySpan<char> text, StringBuilder final)
    {
        var lines = text.LastIndexOf('\n') + 1;
        if (lines > 0)
        {
            final.Append(_line).Append(text[..lines]);
            _line.Clear();
        }

        Extend(text[lines..], final);
    }

    private void Extend(ReadOnlySpan<char> text, StringBuilder final)
    {
        _line.Append(text);
        if (_line.Length >= LongestLine)
        {
            final.Append(_line);
            _line.Clear();
        }
    }

    private void Take(char c, StringBuilder final)
    {
        if (_state != State.Text)
        {
            _state = Next(_state, c);
        }
        else if (c == '\e')
        {
            _state = State.Escape;
        }
        else if (c == '\n')
        {
            final.Append(_line).Append('\n');
            _line.Clear();
            _carriageReturn = false;
        }
        else if (c == '\r')
        {
            _carriageReturn = true;
        }
        else if (c == '\t' || !char.IsControl(c))
        {
            // Only after a carriage return: what is written next takes the place of the line.
            _line.Clear();
            _carriageReturn = false;
            Extend([c], final);
        }
    }

    private static State Next(State state, char c) =>
        state switch
        {
            State.Escape => c switch
            {
                '[' => State.ControlSequence,
                ']' or 'P' or 'X' or '^' or '_' => State.String,
                >= ' ' and <= '/' => State.Designator,
                _ => State.Text,
            },
            // A line feed cannot be inside one: the sequence was broken off, and the rest of the output must not be lost.
            State.ControlSequence => c is (>= '@' and <= '~') or '\n' ? State.Text : State.ControlSequence,
            State.String => c switch
            {
                '\a' or '\n' => State.Text,
                '\e' => State.StringEscape,
                _ => State.String,
            },
            _ => State.Text,
        };
}
