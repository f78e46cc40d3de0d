using Sage.Tools.Web.Guarding;

namespace Sage.Tools.Tests.Web.Guarding;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://example.com/a?b=c#d", "example.com")]
    [InlineData("HTTP://Example.COM", "example.com")]
    [InlineData("https://example.com:443/", "example.com")]
    [InlineData("http://example.com:8080/", "example.com:8080")]
    [InlineData("https://xn--bcher-kva.example/", "xn--bcher-kva.example")]
    [InlineData("http://8.8.8.8/", "8.8.8.8")]
    [InlineData("http://[2606:4700::1111]/", "[2606:4700::1111]")]
    [InlineData("https://example.com/a@b:c", "example.com")]
    [InlineData("https://example.com?next=http://127.1/", "example.com")]
    public void A_plain_address_is_read_with_its_site(string url, string site)
    {
        Assert.True(WebAddress.TryParse(url, out var address, out var refusal), refusal);
        Assert.Equal(site, address.Site);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("gopher://example.com/")]
    [InlineData("http:/example.com/")]
    [InlineData("http:///example.com/")]
    [InlineData("http://")]
    [InlineData("http://user@example.com/")]
    [InlineData("http://user:pass@example.com/")]
    [InlineData("http://example.com@127.0.0.1/")]
    [InlineData("http://example.com\\@127.0.0.1/")]
    [InlineData("http://127.0.0.1\\.example.com/")]
    [InlineData("http://exa mple.com/")]
    [InlineData("http://example.com/a\nb")]
    [InlineData("http://example.com\t/")]
    [InlineData("http://%31%32%37.0.0.1/")]
    [InlineData("http://example.com:/")]
    [InlineData("http://example.com:0/")]
    [InlineData("http://example.com:65536/")]
    [InlineData("http://example.com:+80/")]
    [InlineData("http://example.com:80:80/")]
    [InlineData("http://example.com./")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://.example.com/")]
    [InlineData("http://example..com/")]
    // An IPv4 address in every form but the plain one.
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0X7F000001/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://127.1/")]
    [InlineData("http://127.0.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://127.0.0.01/")]
    [InlineData("http://127.0.0.0x1/")]
    [InlineData("http://256.0.0.1/")]
    [InlineData("http://1.2.3.4.5/")]
    [InlineData("http://0/")]
    [InlineData("http://foo.123/")]
    [InlineData("http://foo.0x/")]
    // Other digits and dots, which some programs take for the usual ones.
    [InlineData("http://１２７.０.０.１/")]
    [InlineData("http://127。0。0。1/")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    [InlineData("http://ｌｏｃａｌｈｏｓｔ/")]
    [InlineData("http://bücher.example/")]
    [InlineData("http://exam\u00ADple.com/")]
    [InlineData("http://exam\u200Bple.com/")]
    // IPv6.
    [InlineData("http://[::1/")]
    [InlineData("http://[::1]x/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://[fe80::1%eth0]/")]
    [InlineData("http://[127.0.0.1]/")]
    [InlineData("http://[example.com]/")]
    [InlineData("http://::1/")]
    public void An_address_that_can_be_read_in_two_ways_is_refused(string url)
    {
        Assert.False(WebAddress.TryParse(url, out var address, out var refusal), address?.ToString());
        Assert.NotEmpty(refusal);
    }

    [Fact]
    public void An_endless_address_is_refused() =>
        Assert.False(WebAddress.TryParse("https://example.com/" + new string('a', 2_000), out _, out _));
}
