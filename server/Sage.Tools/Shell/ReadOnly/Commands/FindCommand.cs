namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary><c>find</c> with tests and printing only: no actions that run, write or delete, and no following of links.</summary>
internal sealed record FindCommand() : ReadOnlyCommand("find")
{
    private static readonly WordList Alone = new(
        "! ( ) , -not -a -and -o -or -print -print0 -ls -prune -quit -depth -xdev -mount -empty -readable -writable -executable"
            + " -nouser -nogroup -true -false -daystart -noleaf"
    );

    private static readonly WordList WithText = new(
        "-name -iname -path -ipath -wholename -iwholename -lname -ilname -regex -iregex -regextype -type -xtype -size -perm"
            + " -user -group -uid -gid -links -inum -fstype -mtime -mmin -atime -amin -ctime -cmin -used -newermt -newerat -newerct"
            + " -maxdepth -mindepth -printf"
    );

    private static readonly WordList WithPath = new("-newer -anewer -cnewer -samefile");

    public override CommandReads? Read(IReadOnlyList<Argument> arguments)
    {
        var paths = arguments.TakeWhile(argument => !BeginsExpression(argument)).ToList();
        for (var i = paths.Count; i < arguments.Count; i++)
        {
            var word = arguments[i].Text;
            if (arguments[i].Kind != ArgumentKind.Literal)
            {
                return null;
            }

            if (!Alone.Contains(word))
            {
                var takesPath = WithPath.Contains(word);
                if (
                    ++i >= arguments.Count
                    || !takesPath && !WithText.Contains(word)
                    || arguments[i].Kind != ArgumentKind.Literal
                )
                {
                    return null;
                }

                if (takesPath)
                {
                    paths.Add(arguments[i]);
                }
            }
        }

        return BeginsWithPath(arguments)
            ? new CommandReads([.. paths], [])
            : new CommandReads([new Argument("."), .. paths], []);
    }

    private static bool BeginsWithPath(IReadOnlyList<Argument> arguments) =>
        arguments.Count > 0 && !BeginsExpression(arguments[0]);

    private static bool BeginsExpression(Argument argument) =>
        argument.Kind == ArgumentKind.Literal && argument.Text is ['-', ..] or "!" or "(" or ")" or ",";
}
