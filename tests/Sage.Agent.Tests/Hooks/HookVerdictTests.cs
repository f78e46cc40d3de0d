using System.Text.Json;
using CsCheck;
using Sage.Agent.Hooks;
using Sage.TestKit.Fakes;

namespace Sage.Agent.Tests.Hooks;

/// <summary>What the answers of several hooks come to together.</summary>
public sealed class HookVerdictTests
{
    private static readonly Gen<HookDecision?> Decision = Gen.Int[0, 3]
        .Select(number => number == 0 ? (HookDecision?)null : (HookDecision)number);

    private static readonly Gen<Dictionary<string, int>> Arguments = Gen.Dictionary(
        Gen.Int[0, 3].Select(number => $"a{number}"),
        Gen.Int[0, 2]
    )[0, 4];

    [Fact]
    public void The_strictest_decision_counts_in_whatever_order_they_come() =>
        Decision
            .Array[0, 5]
            .Sample(decisions =>
            {
                var verdict = Of(decisions);
                var expected =
                    decisions.Contains(HookDecision.Deny) ? HookDecision.Deny
                    : decisions.Contains(HookDecision.Ask) ? HookDecision.Ask
                    : decisions.Contains(HookDecision.Allow) ? HookDecision.Allow
                    : (HookDecision?)null;
                Assert.Equal(expected, verdict.Decision);
                Assert.Equal(expected, Of([.. decisions.Reverse()]).Decision);
                Assert.Equal(decisions.Count(d => d == expected && d is not null), verdict.Deciding.Count());
            });

    [Fact]
    public void The_last_hook_that_changed_an_argument_is_right_about_it_and_what_nobody_changed_stays() =>
        Gen.Select(Arguments, Arguments.Array[0, 4])
            .Sample(
                (original, wanted) =>
                {
                    var expected = new Dictionary<string, int>(original);
                    foreach (var name in original.Keys.Concat(wanted.SelectMany(w => w.Keys)).Distinct())
                    {
                        foreach (var arguments in wanted.Where(w => Differs(original, w, name)))
                        {
                            if (arguments.TryGetValue(name, out var value))
                            {
                                expected[name] = value;
                            }
                            else
                            {
                                expected.Remove(name);
                            }
                        }
                    }

                    var verdict = new HookVerdict([.. wanted.Select(w => FakeHooks.Hook with { Input = Json(w) })]);
                    var changed = verdict.ChangedInput(Json(original));
                    Assert.True(JsonElement.DeepEquals(Json(expected), changed ?? Json(original)));
                    Assert.Equal(JsonElement.DeepEquals(Json(expected), Json(original)), changed is null);
                }
            );

    [Fact]
    public void A_command_stays_one_that_people_can_read()
    {
        var wanted = JsonElement.Parse("""{"command":"echo 'é' > out && cat <in"}""");
        var verdict = new HookVerdict([FakeHooks.Hook with { Input = wanted }]);

        Assert.Equal(wanted.GetRawText(), verdict.ChangedInput(JsonElement.Parse("{}"))?.GetRawText());
    }

    [Fact]
    public void An_argument_that_a_model_wrote_twice_is_no_bug()
    {
        var original = JsonElement.Parse("""{"a":1,"a":2,"b":1}""");
        var verdict = new HookVerdict([FakeHooks.Hook with { Input = JsonElement.Parse("""{"a":2,"b":5}""") }]);

        Assert.Equal("""{"a":2,"b":5}""", verdict.ChangedInput(original)?.GetRawText());
    }

    private static bool Differs(Dictionary<string, int> original, Dictionary<string, int> wanted, string name) =>
        (original.TryGetValue(name, out var before) ? before : (int?)null)
        != (wanted.TryGetValue(name, out var now) ? now : (int?)null);

    private static HookVerdict Of(HookDecision?[] decisions) =>
        new([.. decisions.Select(decision => FakeHooks.Hook with { Decision = decision })]);

    private static JsonElement Json(Dictionary<string, int> arguments) => JsonSerializer.SerializeToElement(arguments);
}
