using CsCheck;
using Sage.Agent.Secrets;

namespace Sage.Agent.Tests.Secrets;

/// <summary>Whatever the pieces in which a text comes: what comes out is what the whole would have become.</summary>
public sealed class SecretStreamTests
{
    private const string Given = "handed-over.42";
    private const string Key = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly Gen<string> Texts = Gen.OneOf(
            Given,
            Given[..7],
            Key,
            Key[..20],
            "sk-ant-api03-abcdefghijklmnopqrstuvwx",
            "sk",
            "sk-",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
            "eyJ",
            "AKIAIOSFODNN7EXAMPLE",
            "\n-----BEGIN RSA PRIVATE KEY-----\nMIIEvQ\nIBADAN",
            "\n-----END RSA PRIVATE KEY-----\n",
            "\n-----BEGIN CERTIFICATE-----",
            "\n-----BEGIN ",
            "--",
            " ",
            "\n",
            "\\n",
            "s",
            "h",
            "word",
            "=",
            ".",
            "🦉",
            "task-"
        )
        .Array[0, 12]
        .Select(string.Concat);

    [Fact]
    public void Pieces_do_not_matter() =>
        Gen.Select(Texts, Gen.Int[1, 9].Array[1, 40])
            .Sample(
                (text, sizes) =>
                {
                    var redaction = Redaction();
                    Assert.Equal(redaction.Redact(text), string.Concat(Pieces(text, sizes, redaction)));
                },
                iter: 3_000
            );

    [Fact]
    public void No_piece_ever_shows_the_beginning_of_a_key_that_comes()
    {
        var stream = new SecretStream(Redaction());
        var said = string.Concat($"the key is {Key}".Select(letter => stream.Feed($"{letter}")));

        Assert.Equal("the key is ", said);
        Assert.Equal($"{SecretRedaction.Mask}.", stream.Feed(".\n") is var rest ? rest[..^1] : "");
    }

    [Fact]
    public void Ordinary_words_are_said_at_once()
    {
        var stream = new SecretStream(Redaction());
        foreach (var piece in new[] { "The", " quick", " brown", " fox,", " jumps\n", "(over)", " a", " lazy" })
        {
            Assert.Equal(piece, stream.Feed(piece));
        }
    }

    [Fact]
    public void What_never_ends_is_not_kept()
    {
        var stream = new SecretStream(Redaction());
        var said = stream.Feed("sk-0");
        for (var i = 0; i < 1_000; i++)
        {
            said += stream.Feed(new string('a', 1_000));
        }

        Assert.Equal($"{SecretRedaction.Mask} end", said + stream.Feed(" end"));
    }

    private static SecretRedaction Redaction()
    {
        var redaction = new SecretRedaction();
        redaction.Add(Given);
        return redaction;
    }

    private static IEnumerable<string> Pieces(string text, int[] sizes, SecretRedaction redaction)
    {
        var stream = new SecretStream(redaction);
        for (var (at, i) = (0, 0); at < text.Length; i++)
        {
            var size = Math.Min(sizes[i % sizes.Length], text.Length - at);
            yield return stream.Feed(text.Substring(at, size));
            at += size;
        }

        yield return stream.Finish();
    }
}
