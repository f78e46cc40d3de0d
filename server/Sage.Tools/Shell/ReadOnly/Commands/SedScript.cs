namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary>Reads a script of <c>sed</c>, as far as every <c>sed</c> reads it the same way.</summary>
internal ref struct SedScript
{
    // They print, delete, quit, and move lines around. Not w, W, r, R, e, l and F.
    private const string Commands = "pPdDqnNhHgGx={}";

    private ReadOnlySpan<char> _rest;

    private SedScript(string script) => _rest = script;

    /// <summary>True when it can neither write a file nor run a command.</summary>
    public static bool IsReadOnly(string script)
    {
        var reader = new SedScript(script);
        while (reader.SkipSeparators())
        {
            if (!reader.TrySkipCommand())
            {
                return false;
            }
        }

        return true;
    }

    private bool SkipSeparators()
    {
        _rest = _rest.TrimStart(" \t\n;");
        return !_rest.IsEmpty;
    }

    private bool TrySkipCommand()
    {
        if (!TrySkipAddress())
        {
            return false;
        }

        if (TrySkip(',') && (StartsCommand() || !TrySkipAddress()))
        {
            return false;
        }

        _rest = _rest.TrimStart(' ');
        TrySkip('!');
        _rest = _rest.TrimStart(' ');
        if (_rest is ['s', .. var substitution])
        {
            _rest = substitution;
            return TrySkipSubstitution() && IsAtEnd();
        }

        if (_rest.IsEmpty || !Commands.Contains(_rest[0]))
        {
            return false;
        }

        var opens = _rest[0] == '{';
        _rest = _rest[1..];
        return opens || IsAtEnd();
    }

    // An address may be missing, but what looks like one has to be whole.
    private bool TrySkipAddress()
    {
        if (TrySkip('$'))
        {
            return true;
        }

        if (TrySkip('/'))
        {
            return TrySkipPattern('/');
        }

        _rest = _rest.TrimStart("0123456789");
        return true;
    }

    private readonly bool StartsCommand() => _rest is [not ('$' or '/' or (>= '0' and <= '9')), ..] or [];

    private bool TrySkipSubstitution()
    {
        if (_rest is not [('/' or '|' or '#' or ',' or ':' or '@') and var delimiter, ..])
        {
            return false;
        }

        _rest = _rest[1..];
        if (!TrySkipPattern(delimiter) || !TrySkipText(delimiter))
        {
            return false;
        }

        // Not e, which runs the result, and w, which writes it.
        _rest = _rest.TrimStart("gpI0123456789");
        return true;
    }

    // In brackets the delimiter is read in two ways, so neither it nor a bracket may stand there.
    private bool TrySkipPattern(char delimiter)
    {
        var bracketed = false;
        while (_rest is [var c and not '\n', ..])
        {
            _rest = _rest[1..];
            if (c == delimiter)
            {
                return !bracketed;
            }

            if (c == '\\' && (bracketed || !TrySkipEscaped()) || c == '[' && bracketed)
            {
                return false;
            }

            if (c == '[')
            {
                bracketed = true;
                // ] and ^] are part of a set where it begins.
                if (_rest is [']' or '^', ..])
                {
                    return false;
                }
            }

            bracketed &= c != ']';
        }

        return false;
    }

    private bool TrySkipText(char delimiter)
    {
        while (_rest is [var c and not '\n', ..])
        {
            _rest = _rest[1..];
            if (c == delimiter)
            {
                return true;
            }

            if (c == '\\' && !TrySkipEscaped())
            {
                return false;
            }
        }

        return false;
    }

    private bool TrySkipEscaped()
    {
        if (_rest.IsEmpty || _rest[0] == '\n')
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private readonly bool IsAtEnd() => _rest.TrimStart(' ') is [] or [';' or '\n' or '}', ..];

    private bool TrySkip(char c)
    {
        if (_rest.IsEmpty || _rest[0] != c)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }
}
