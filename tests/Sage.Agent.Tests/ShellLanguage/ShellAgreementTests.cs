using System.Collections.Immutable;
using CsCheck;
using Sage.Agent.ShellLanguage;
using Sage.Agent.ShellLanguage.Syntax;
using Sage.TestKit;

namespace Sage.Agent.Tests.ShellLanguage;

/// <summary>What the parser accepts is what the shells of this machine do.</summary>
public sealed class ShellAgreementTests : IDisposable
{
    private static readonly int Lines = Fuzz.Size(ordinary: 150);

    private readonly RealShells _shells = new();

    public void Dispose() => _shells.Dispose();

    [Fact]
    public void Every_command_that_a_shell_runs_is_one_of_the_tree() =>
        Sample(
            ShellLines.Any,
            (line, parsed, shell) =>
            {
                if (!RealShells.MayRun(parsed.Script))
                {
                    return;
                }

                var listed = parsed.Script.SimpleCommands().ToList();
                foreach (var call in _shells.Run(shell, line))
                {
                    Assert.True(
                        listed.Exists(command => Describes(command.Words, call)),
                        $"{shell} ran {string.Join(' ', call)} for:\n{line}"
                    );
                }
            }
        );

    [Fact]
    public void Plain_commands_get_exactly_the_words_of_the_tree() =>
        Sample(
            ShellLines.Any,
            (line, parsed, shell) =>
            {
                if (RealShells.MayRun(parsed.Script) && Expected.TryOf(parsed.Script) is { } expected)
                {
                    Assert.True(
                        expected.SequenceEqual(_shells.Run(shell, line).Select(call => string.Join('\u0001', call))),
                        $"{shell} does something else for:\n{line}"
                    );
                }
            }
        );

    [Fact]
    public void What_a_shell_finds_a_mistake_in_is_never_accepted() =>
        Sample(
            ShellLines.Any,
            (line, _, shell) => Assert.True(_shells.Accepts(shell, line), $"{shell} finds a mistake in:\n{line}")
        );

    private static void Sample(Gen<string> lines, Action<string, ShellParse.Parsed, string> check) =>
        lines
            .Where(line => ShellParser.Parse(line) is ShellParse.Parsed)
            .Sample(
                line =>
                {
                    var parsed = (ShellParse.Parsed)ShellParser.Parse(line);
                    foreach (var (path, kind) in RealShells.All.Where(shell => parsed.Readers.HasFlag(shell.Kind)))
                    {
                        check(line, parsed, path);
                    }
                },
                iter: Lines,
                threads: 1
            );

    // A word that is not literal stands for any number of arguments.
    private static bool Describes(ImmutableArray<Word> words, string[] call)
    {
        var reachable = new bool[call.Length + 1];
        reachable[0] = true;
        foreach (var word in words)
        {
            var next = new bool[call.Length + 1];
            for (var i = 0; i <= call.Length; i++)
            {
                next[i] = word.Literal is { } literal
                    ? i > 0 && reachable[i - 1] && call[i - 1] == literal
                    : reachable.AsSpan(0, i + 1).Contains(true);
            }

            reachable = next;
        }

        return reachable[^1];
    }

    /// <summary>What plain commands do, by the tree.</summary>
    private static class Expected
    {
        /// <summary>The calls in order; null when the script is more than plain commands in a row.</summary>
        public static List<string>? TryOf(CommandList script)
        {
            List<string> calls = [];
            return TryAdd(script, calls, out _) ? calls : null;
        }

        private static bool TryAdd(CommandList list, List<string> calls, out bool succeeds)
        {
            succeeds = true;
            foreach (var item in list.Items)
            {
                foreach (var (_, operation, pipeline) in item.Commands.Items)
                {
                    var runs = operation == AndOrOperator.First || succeeds == (operation == AndOrOperator.And);
                    if (runs && !TryAdd(pipeline, calls, out succeeds))
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        private static bool TryAdd(Pipeline pipeline, List<string> calls, out bool succeeds)
        {
            succeeds = false;
            if (pipeline is not { Prefix: not PipelinePrefix.Timed, Commands: [{ Redirections: [] } command] })
            {
                return false;
            }

            var known = command switch
            {
                GroupCommand group => TryAdd(group.Body, calls, out succeeds),
                SimpleCommand { Assignments: [], Words: [_, ..] words }
                    when words.All(word => word.Literal is not null) => Add(words, calls, out succeeds),
                _ => false,
            };
            succeeds ^= pipeline.Prefix == PipelinePrefix.Negated;
            return known;
        }

        private static bool Add(ImmutableArray<Word> words, List<string> calls, out bool succeeds)
        {
            succeeds = RealShells.Commands.Contains(words[0].Literal);
            if (succeeds)
            {
                calls.Add(string.Join('\u0001', words.Select(word => word.Literal)));
            }

            return true;
        }
    }
}
