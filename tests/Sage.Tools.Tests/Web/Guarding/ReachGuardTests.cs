using System.Net;
using Sage.Tools.Web.Guarding;

namespace Sage.Tools.Tests.Web.Guarding;

public sealed class ReachGuardTests
{
    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.255.255.254/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://172.31.255.255/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://192.0.0.192/")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("http://198.18.0.1/")]
    [InlineData("http://198.51.100.1/")]
    [InlineData("http://203.0.113.1/")]
    [InlineData("http://192.88.99.1/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://239.255.255.250/")]
    [InlineData("http://240.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::ffff:8.8.8.8]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[::ffff:0:127.0.0.1]/")]
    [InlineData("http://[64:ff9b::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[64:ff9b:1::1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("http://[2001:20::1]/")]
    [InlineData("http://[3fff::1]/")]
    [InlineData("http://[fc00::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fec0::1]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://[100::1]/")]
    [InlineData("http://[5f00::1]/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST/")]
    [InlineData("http://a.localhost/")]
    [InlineData("http://printer.local/")]
    [InlineData("http://metadata.google.internal/computeMetadata/v1/")]
    [InlineData("http://wiki.corp/")]
    [InlineData("http://nas.home.arpa/")]
    [InlineData("http://router.lan/")]
    [InlineData("http://wiki/")]
    [InlineData("http://kubernetes/")]
    [InlineData("http://example.com:22/")]
    [InlineData("http://example.com:25/")]
    [InlineData("http://example.com:6379/")]
    [InlineData("http://example.com:2375/")]
    [InlineData("https://example.com:3000/")]
    public void What_is_not_public_is_refused(string url) => Assert.NotNull(ReachGuard.RefusalOf(Parse(url), []));

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("http://example.com:8080/")]
    [InlineData("https://example.com:8443/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://1.1.1.1/")]
    [InlineData("http://172.32.0.1/")]
    [InlineData("http://[2606:4700:4700::1111]/")]
    [InlineData("http://[64:ff9b::8.8.8.8]/")]
    public void What_is_public_is_not(string url) => Assert.Null(ReachGuard.RefusalOf(Parse(url), []));

    [Theory]
    [InlineData("http://localhost:3000/", true)]
    [InlineData("http://localhost/", false)]
    [InlineData("http://localhost:3001/", false)]
    [InlineData("http://127.0.0.1:3000/", false)]
    [InlineData("http://10.0.0.7/", true)]
    [InlineData("http://[::1]:8000/", true)]
    [InlineData("http://a.localhost:3000/", false)]
    public void The_user_allows_hosts_by_name_and_port(string url, bool isAllowed) =>
        Assert.Equal(isAllowed, ReachGuard.RefusalOf(Parse(url), ["LOCALHOST:3000", "10.0.0.7", "[::1]:8000"]) is null);

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("93.184.216.34 2606:4700::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("93.184.216.34 10.0.0.1", false)]
    [InlineData("2606:4700::1 ::ffff:10.0.0.1", false)]
    [InlineData("fe80::1%3", false)]
    [InlineData("", false)]
    public void One_address_that_is_not_public_is_enough(string resolved, bool passes)
    {
        var addresses = resolved.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToList();
        Assert.Equal(passes, ReachGuard.RefusalOfResolved(Parse("http://example.com/"), addresses) is null);
    }

    [Theory]
    [InlineData("docs.example.com", true)]
    [InlineData("a.example.org", true)]
    [InlineData("example.org", false)]
    [InlineData("evil-example.org", false)]
    [InlineData("docs.example.com.evil.net", false)]
    public void Trusted_hosts_are_named_whole_or_below_a_star(string host, bool isNamed) =>
        Assert.Equal(isNamed, ReachGuard.Names(["docs.example.com", "*.example.org"], host));

    private static WebAddress Parse(string url) =>
        WebAddress.TryParse(url, out var address, out var refusal)
            ? address
            : throw new InvalidOperationException($"{url}: {refusal}");
}
