using System.Text;

namespace Sage.Tools.Shell;

/// <summary>
/// What a terminal would show in the end, as plain text: escape sequences removed, a line that was written over (progress
/// bars) kept in its last form. Fed in pieces; holds back the current line only.
/// </summary>
internal sealed class TerminalText
{
    // A longer line is passed on in pieces; what is passed on can no longer be written over.
    private const int LongestLine = 16 * 1024;

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

    /// <summary>Takes a piece of output and gives what is final of it.</summary>
    public string Feed(string text)
    {
        var final = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (_state != State.Text)
            {
                _state = Next(_state, c);
            }
            else if (c == '\e')
            {
                _state = State.Escape;
            }
            else
            {
                Show(c, final);
            }
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

    private void Show(char c, StringBuilder final)
    {
        if (c == '\n')
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
            if (_carriageReturn)
            {
                _line.Clear();
                _carriageReturn = false;
            }

            _line.Append(c);
            if (_line.Length >= LongestLine)
            {
                final.Append(_line);
                _line.Clear();
            }
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
