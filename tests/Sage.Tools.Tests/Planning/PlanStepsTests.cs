using Sage.Protocol.Events;
using Sage.Tools.Planning;

namespace Sage.Tools.Tests.Planning;

public sealed class PlanStepsTests
{
    [Theory]
    [InlineData(
        "# Plan\n\nWhy.\n\n1. Read **all** of `a.ts`\n   - a detail\n2) See [the docs](https://x.y/z):\n\n- a risk",
        "Read all of a.ts|See the docs"
    )]
    [InlineData("## Step 1: Look\n\n1. here\n2. there\n\n## Step 2 – Act ##\n\nDo it.", "Look|Act")]
    [InlineData("### 1. Look\n- here\n### 2. Act\n- there", "Look|Act")]
    [InlineData("- [ ] Look\n* [x] Act\n    - not this", "Look|Act")]
    [InlineData("# Types\n## Parser\nwords\n## Printer\nwords", "Parser|Printer")]
    [InlineData("```md\n1. code\n```\n1. Look\n~~~~\n~~~\n2. code\n~~~~\n2. Act", "Look|Act")]
    [InlineData("Just do it.", "")]
    [InlineData("# 2 things\nare wrong", "")]
    [InlineData("```\n1. a fence that never ends", "")]
    public void Steps_are_found_where_plans_have_them(string plan, string expected) =>
        Assert.Equal(expected, string.Join('|', PlanSteps.Of(plan).Select(step => step.Text)));

    [Fact]
    public void All_of_them_are_still_to_be_done_and_a_giant_plan_has_a_list_that_one_can_read()
    {
        var steps = PlanSteps.Of(
            string.Join('\n', Enumerable.Range(1, 500).Select(n => $"{n}. {new string('x', 900)}"))
        );

        Assert.Equal(50, steps.Length);
        Assert.All(steps, step => Assert.Equal((PlanItemStatus.Pending, 161), (step.Status, step.Text.Length)));
    }

    [Theory]
    [InlineData("\n\nFirst words\nmore", "First words")]
    [InlineData("Words\n\n## The **title** ##\n", "The title")]
    [InlineData("```\ncode\n```", "")]
    public void A_plan_is_called_by_its_heading_or_its_first_line(string plan, string expected) =>
        Assert.Equal(expected, PlanSteps.TitleOf(plan));
}
