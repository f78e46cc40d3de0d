using Sage.Server.Cli.Report;

namespace Sage.Server.Tests.Cli.Report;

public sealed class PersonalNamesTests
{
    [Theory]
    [InlineData("/home/anna", "~")]
    [InlineData("/home/anna/a b.txt:3", "~/a b.txt:3")]
    [InlineData("file:///home/anna/x", "file://~/x")]
    [InlineData("""{"path":"first\n/home/anna/x"}""", """{"path":"first\n~/x"}""")]
    [InlineData("/home/annabel", "/home/annabel")]
    [InlineData("/mnt/home/anna", "/mnt/home/[user]")]
    public void A_home_folder_is_a_tilde(string text, string hidden) =>
        Assert.Equal(hidden, new PersonalNames("/home/anna", "anna", "box").Hide(text));

    [Theory]
    [InlineData(@"C:\Users\Anna\x", @"~\x")]
    [InlineData("""{"path":"c:\\users\\anna\\x"}""", """{"path":"~\\x"}""")]
    [InlineData("file:///c%3A/Users/Anna/x", "file:///~/x")]
    public void A_home_folder_on_Windows_is_found_however_it_is_written(string text, string hidden) =>
        Assert.Equal(hidden, new PersonalNames(@"C:\Users\Anna", "Anna", "box").Hide(text));

    [Theory]
    [InlineData("anna, Anna and ANNA", "[user], [user] and [user]")]
    [InlineData("hannah anna_b annas", "hannah anna_b annas")]
    [InlineData("anna@dev-box.local", "[user]@[machine].local")]
    [InlineData("""{"text":"a\nanna\tdev-box"}""", """{"text":"a\n[user]\t[machine]"}""")]
    public void Names_are_hidden_where_they_are_whole_words(string text, string hidden) =>
        Assert.Equal(hidden, new PersonalNames("/home/anna", "anna", "dev-box").Hide(text));

    [Fact]
    public void Names_that_are_too_short_to_tell_from_words_are_left_and_so_is_a_home_at_the_root() =>
        Assert.Equal("/ab in vm: an a/b", new PersonalNames("/", "an", "vm").Hide("/ab in vm: an a/b"));

    [Fact]
    public void Nothing_in_a_name_is_a_pattern() =>
        Assert.Equal("axb [user]", new PersonalNames("", "a.b", "").Hide("axb a.b"));
}
