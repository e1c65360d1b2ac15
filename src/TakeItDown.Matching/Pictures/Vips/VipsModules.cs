using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pictures.Vips;

/// <summary>
/// Distributions split libvips into modules, which it loads into the process's global symbol scope at start. One of Debian's brings the system's
/// SQLite along, whose functions then take the place of half of those in the SQLite library that .NET ships: the process crashes at its
/// next query. So the modules are kept out, but for the one that reads HEIF and AVIF, which is loaded into a scope of its own.
/// </summary>
internal static unsafe partial class VipsModules
{
    private const string SearchVariable = "VIPSHOME";

    /// <summary>Starts libvips with its modules out of sight. A process that has started it before keeps what it has.</summary>
    /// <param name="hasModules">Whether it may have any: one that lies with an application has none.</param>
    public static bool Start(bool hasModules)
    {
        if (!OperatingSystem.IsLinux()) return LibVips.Init("takeitdown") == 0;
        var before = Environment.GetEnvironmentVariable(SearchVariable);
        _ = SetVariable(SearchVariable, "/nonexistent", 1);
        var started = LibVips.Init("takeitdown") == 0;
        if (before is null) UnsetVariable(SearchVariable);
        else _ = SetVariable(SearchVariable, before, 1);
        if (started && hasModules) LoadHeif();
        return started;
    }

    /// <summary>The module for HEIF and AVIF of the libvips that has been loaded; null where it is none, but built in, or not at all.</summary>
    public static string? FindHeif(int major, int minor)
    {
        if (!OperatingSystem.IsLinux() || FindFolder() is not { } folder) return null;
        var path = Path.Combine(folder, $"vips-modules-{major}.{minor}", "vips-heif.so");
        return File.Exists(path) ? path : null;
    }

    private static void LoadHeif()
    {
        if (FindHeif(LibVips.Version(0), LibVips.Version(1)) is not { } path || !NativeLibrary.TryLoad(path, out var module)) return;
        if (NativeLibrary.TryGetExport(module, "g_module_check_init", out var register)) _ = ((delegate* unmanaged<nint, nint>)register)(0);
    }

    /// <summary>The folder that libvips itself was loaded from.</summary>
    private static string? FindFolder()
    {
        const string Name = "/libvips.so";
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var start = line.IndexOf('/', StringComparison.Ordinal);
            if (start >= 0 && line.LastIndexOf(Name, StringComparison.Ordinal) is var end and >= 0) return line[start..end];
        }
        return null;
    }

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void UnsetVariable(string name);
}
