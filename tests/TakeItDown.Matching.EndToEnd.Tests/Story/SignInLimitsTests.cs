extern alias UploadApiSample;

using System.Net;
using UploadApiSample::UploadApi.Staff;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

public sealed class SignInLimitsTests
{
    [Fact]
    public void A_network_of_IPv6_counts_as_one_and_a_mapped_address_as_what_it_maps()
    {
        using var limits = new SignInLimits();
        for (var i = 0; i < SignInLimits.AtOnce; i++) Assert.False(limits.Check(IPAddress.Parse($"2001:db8:0:1::{i}"), () => false));
        Assert.Null(limits.Check(IPAddress.Parse("2001:db8:0:1:ffff::9"), () => true));
        Assert.True(limits.Check(IPAddress.Parse("2001:db8:0:2::1"), () => true));

        for (var i = 0; i < SignInLimits.AtOnce; i++) Assert.False(limits.Check(IPAddress.Parse("192.0.2.1"), () => false));
        Assert.Null(limits.Check(IPAddress.Parse("::ffff:192.0.2.1"), () => true));
        Assert.True(limits.Check(IPAddress.Parse("192.0.2.2"), () => true));
    }

    [Fact]
    public void Guesses_from_many_networks_count_together_and_shut_nobody_out()
    {
        using var limits = new SignInLimits();
        for (var i = 0; i < SignInLimits.TogetherAtOnce; i++) Assert.False(limits.Check(From(i), () => false));
        // Each has failed once, and would have had nine more by itself.
        for (var i = 0; i < SignInLimits.TogetherAtOnce; i++) Assert.Null(limits.Check(From(i), () => throw new InvalidOperationException("It is not looked at.")));
        Assert.True(limits.Check(IPAddress.Parse("198.51.100.1"), () => true));
        Assert.False(limits.Check(IPAddress.Parse("198.51.100.2"), () => false));
        Assert.Null(limits.Check(IPAddress.Parse("198.51.100.2"), () => true));
    }

    [Fact]
    public void Right_passwords_use_nothing_up()
    {
        using var limits = new SignInLimits();
        for (var i = 0; i < SignInLimits.TogetherAtOnce * 2; i++) Assert.True(limits.Check(From(7), () => true));
    }

    private static IPAddress From(int number) => new([10, 0, (byte)(number / 256), (byte)(number % 256)]);
}
