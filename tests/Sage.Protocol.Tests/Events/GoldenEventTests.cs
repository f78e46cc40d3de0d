using System.Text.Json;
using System.Text.Json.Serialization;
using Sage.Protocol.Events;
using Sage.Protocol.Json;
using Sage.TestKit;
using Sage.TestKit.Events;

namespace Sage.Protocol.Tests.Events;

/// <summary>Journals of last year and programs of other people read these bytes: a changed golden file is a broken promise.</summary>
public sealed class GoldenEventTests
{
    private static readonly ProtocolJson Indented = new(
        new JsonSerializerOptions(ProtocolJson.Default.Options)
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    public static TheoryData<string> Types => [.. EventSamples.All.Keys];

    [Fact]
    public void Every_event_type_has_a_sample()
    {
        var declared = typeof(SessionEvent)
            .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>()
            .ToDictionary(attribute => (string)attribute.TypeDiscriminator!, attribute => attribute.DerivedType);

        Assert.Equal(
            declared.Order(Comparer<KeyValuePair<string, Type>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key))),
            EventSamples.All.Select(sample => KeyValuePair.Create(sample.Key, sample.Value.GetType()))
        );
    }

    [Fact]
    public void Every_event_type_is_listed_in_the_union()
    {
        var concrete = typeof(SessionEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SessionEvent)));

        Assert.Equal(
            concrete.Where(type => !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
            EventSamples.All.Values.Select(sample => sample.GetType().Name).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task An_event_is_written_as_its_golden_file_says(string type)
    {
        var path = Repository.PathOf($"tests/Sage.Protocol.Tests/Golden/{type}.json");
        var written = Write(EventSamples.Envelope(EventSamples.All[type]));
        if (!File.Exists(path))
        {
            await File.WriteAllTextAsync(path, written);
            Assert.Fail($"{path} was missing and has been written: read it, commit it, run the tests again.");
        }

        // To change the contract on purpose, delete the golden file and run the tests.
        Assert.Equal((await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"), written);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_golden_file_is_read_back_without_loss(string type)
    {
        var golden = await File.ReadAllTextAsync(Repository.PathOf($"tests/Sage.Protocol.Tests/Golden/{type}.json"));

        var envelope = JsonSerializer.Deserialize(golden, ProtocolJson.Default.EventEnvelope)!;

        Assert.IsType(EventSamples.All[type].GetType(), envelope.Event);
        Assert.Equal(golden.ReplaceLineEndings("\n"), Write(envelope));
    }

    private static string Write(EventEnvelope envelope) =>
        JsonSerializer.Serialize(envelope, Indented.EventEnvelope) + "\n";
}
