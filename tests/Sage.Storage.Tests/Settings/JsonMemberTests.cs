using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Sage.Storage.Settings;

namespace Sage.Storage.Tests.Settings;

/// <summary>One member of a file that people write is set, and nothing else of it changes.</summary>
public sealed class JsonMemberTests
{
    private static readonly string[] Names = ["mcp", "off", "git", "a", "b\"c"];

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    [Theory]
    [InlineData("", "{\n  \"mcp\": { \"off\": { \"git\": [\"push\"] } }\n}\n")]
    [InlineData("{}", "{\n  \"mcp\": { \"off\": { \"git\": [\"push\"] } }\n}")]
    [InlineData(
        "{\n\t// mine\n\t\"a\": 1,\n}\n",
        "{\n\t\"mcp\": { \"off\": { \"git\": [\"push\"] } },\n\t// mine\n\t\"a\": 1,\n}\n"
    )]
    [InlineData("{ \"a\": 1 }", "{ \"mcp\": { \"off\": { \"git\": [\"push\"] } }, \"a\": 1 }")]
    [InlineData(
        "{\r\n    \"mcp\": {\r\n    }\r\n}",
        "{\r\n    \"mcp\": {\r\n        \"off\": { \"git\": [\"push\"] }\r\n    }\r\n}"
    )]
    [InlineData(
        "{ /* a */ \"mcp\": { \"off\": { \"git\": [\"old\"] /* b */, \"x\": [] } } } // c",
        "{ /* a */ \"mcp\": { \"off\": { \"git\": [\"push\"] /* b */, \"x\": [] } } } // c"
    )]
    [InlineData("{ \"mcp\": null }", "{ \"mcp\": { \"off\": { \"git\": [\"push\"] } } }")]
    [InlineData("{ \"mcp\": 1, \"mcp\": {} }", "{ \"mcp\": 1, \"mcp\": {\n    \"off\": { \"git\": [\"push\"] }\n  } }")]
    public void The_rest_of_the_file_stays_as_it_was_written(string before, string after) =>
        Assert.Equal(after, Set(before));

    [Fact]
    public void The_mark_of_the_encoding_stays()
    {
        var file = JsonMember.Set([0xEF, 0xBB, 0xBF, .. "{}"u8], ["a"], "1");

        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        Assert.Equal(1, (int)JsonNode.Parse(file.AsSpan(3))!["a"]!);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{ \"mcp\": {} } x")]
    [InlineData("{ \"a\": 1 \"mcp\": {} }")]
    public void What_is_no_JSON_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => Set(text));

    [Fact]
    public void Whatever_stands_there_the_member_is_set_and_every_other_value_stays() =>
        Objects(depth: 3)
            .Select(Gen.Bool, (value, indented) => (value, indented))
            .Sample(
                sample =>
                {
                    var text = sample.value.ToJsonString(new JsonSerializerOptions { WriteIndented = sample.indented });

                    var written = JsonNode.Parse(Set(text), documentOptions: Lenient)!.AsObject();

                    Assert.Equal("push", (string?)written["mcp"]!["off"]!["git"]!.AsArray().Single());
                    var wanted = sample.value.DeepClone().AsObject();
                    Clear(wanted);
                    Clear(written);
                    Assert.True(JsonNode.DeepEquals(wanted, written), text);
                },
                iter: 500
            );

    /// <summary>Takes out what was set, and the objects around it that were made for it.</summary>
    private static void Clear(JsonObject root)
    {
        var path = new List<(JsonObject Parent, string Name)>();
        JsonNode? node = root;
        foreach (var name in (string[])["mcp", "off", "git"])
        {
            if (node is not JsonObject parent)
            {
                break;
            }

            path.Add((parent, name));
            node = parent[name];
        }

        foreach (var (parent, name) in Enumerable.Reverse(path))
        {
            if (name == "git" || parent[name] is not JsonObject { Count: > 0 })
            {
                parent.Remove(name);
            }
        }
    }

    private static string Set(string text) =>
        Encoding.UTF8.GetString(
            JsonMember.Set(Encoding.UTF8.GetBytes(text), ["mcp", "off", "git"], JsonMember.ListOf(["push"]))
        );

    private static Gen<JsonObject> Objects(int depth) =>
        Gen.Int[0, Names.Length - 1]
            .Select(index => Names[index])
            .Select(Values(depth), (name, value) => (name, value))
            .Array[0, 4]
            .Select(members =>
            {
                var made = new JsonObject();
                foreach (var (name, value) in members)
                {
                    made[name] = value?.DeepClone();
                }

                return made;
            });

    private static Gen<JsonNode?> Values(int depth) =>
        depth == 0
            ? Gen.Int[0, 9].Select(number => (JsonNode?)JsonValue.Create(number))
            : Gen.OneOf(
                Objects(depth - 1).Select(made => (JsonNode?)made),
                Gen.Int[0, 9].Select(number => (JsonNode?)JsonValue.Create(number)),
                Gen.Const((JsonNode?)null)
            );
}
