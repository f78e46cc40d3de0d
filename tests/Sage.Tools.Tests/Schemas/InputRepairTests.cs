using System.Text.Json;
using Sage.Tools.Schemas;

namespace Sage.Tools.Tests.Schemas;

public sealed class InputRepairTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(
        """
        {"type":"object","properties":{
          "path":{"type":"string"},"max_size":{"type":"integer"},"all":{"type":"boolean"},
          "kind":{"type":"string","enum":["in_order","any"]},
          "names":{"type":"array","items":{"type":"string"}},
          "inner":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}
        },"required":["path"],"additionalProperties":false}
        """
    );

    [Theory]
    [InlineData("""{"path":"a","maxSize":"12"}""", """{"path":"a","max_size":12}""")]
    [InlineData("""{"Path":"a","MAX-SIZE":3.0}""", """{"path":"a","max_size":3}""")]
    [InlineData("""{"path":12}""", """{"path":"12"}""")]
    [InlineData("""{"path":"a","all":"True"}""", """{"path":"a","all":true}""")]
    [InlineData("""{"path":"a","kind":"InOrder"}""", """{"path":"a","kind":"in_order"}""")]
    [InlineData("""{"path":"a","names":"x"}""", """{"path":"a","names":["x"]}""")]
    [InlineData("""{"path":"a","names":"[\"x\",1]"}""", """{"path":"a","names":["x","1"]}""")]
    [InlineData("""{"path":"a","inner":"{\"a\":\"b\"}"}""", """{"path":"a","inner":{"a":"b"}}""")]
    [InlineData("""{"path":"a","max_size":null}""", """{"path":"a"}""")]
    public void What_has_one_reading_is_mended(string input, string mended)
    {
        Assert.NotEmpty(InputCheck.Find(Schema, JsonElement.Parse(input)));
        Assert.True(InputRepair.TryRepair(Schema, JsonElement.Parse(input), out var repaired));
        Assert.Equal(mended, repaired.ToJsonString());
    }

    [Theory]
    [InlineData("""{"path":null}""")]
    [InlineData("""{"path":["a"]}""")]
    [InlineData("""{"path":"a","Path":"b"}""")]
    [InlineData("""{"path":"a","max_size":"many"}""")]
    [InlineData("""{"path":"a","max_size":1.5}""")]
    [InlineData("""{"path":"a","max_size":99999999999}""")]
    [InlineData("""{"path":"a","all":"yes"}""")]
    [InlineData("""{"path":"a","kind":"sorted"}""")]
    [InlineData("""{"path":"a","size":1}""")]
    [InlineData("""{"path":"a","inner":{}}""")]
    [InlineData("""{"path":"a","inner":"{broken"}""")]
    [InlineData("""7""")]
    public void What_could_mean_several_things_or_nothing_is_not(string input) =>
        Assert.False(InputRepair.TryRepair(Schema, JsonElement.Parse(input), out _));

    [Fact]
    public void Every_problem_is_named_at_its_place() =>
        Assert.Equal(
            [
                "missing parameter `path`",
                "unknown parameter `size`",
                "`all` must be a boolean, not 1",
                "`kind` must be one of `in_order`, `any`, not \"x\"",
                "`names[1]` must be a string, not {}",
                "missing parameter `inner.a`",
            ],
            InputCheck.Find(Schema, JsonElement.Parse("""{"size":1,"all":1,"kind":"x","names":["a",{}],"inner":{}}"""))
        );
}
