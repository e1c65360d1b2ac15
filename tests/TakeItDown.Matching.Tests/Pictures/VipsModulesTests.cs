namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>
/// What libvips must not bring into the process: on Debian one of its modules puts the system's SQLite before the one that .NET ships, and the
/// next query crashes.
/// </summary>
public class VipsModulesTests
{
    [Fact]
    public void Only_the_module_for_heif_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "modules are Linux distributions' way");
        Assert.SkipUnless(AnyDecoder.Vips().Availability.IsAvailable, "libvips is not installed");
        var modules = File.ReadLines("/proc/self/maps").Where(line => line.Contains("/vips-modules-", StringComparison.Ordinal))
            .Select(line => Path.GetFileName(line)).Distinct();
        Assert.All(modules, module => Assert.Equal("vips-heif.so", module));
        Assert.Null(Environment.GetEnvironmentVariable("VIPSHOME"));
    }
}
