using System.Reflection;
using System.Runtime.InteropServices;
using TakeItDown.Matching.Pictures.Vips;

namespace TakeItDown.Matching.Pictures;

/// <summary>Finds the native libraries under the names that the systems give them. Their absence disables a decoder and nothing else.</summary>
internal static class NativeLibraries
{
    public const string TurboJpeg = "turbojpeg";
    public const string Vips = "vips";
    public const string GObject = "gobject-2.0";
    public const string GLib = "glib-2.0";

    /// <summary>The names of libvips; on macOS, Homebrew's folders as well, which are not searched by themselves.</summary>
    public static string[] NamesOfVips { get; } =
        OperatingSystem.IsWindows() ? ["libvips-42.dll"]
        : OperatingSystem.IsMacOS() ? ["libvips.42.dylib", "/opt/homebrew/lib/libvips.42.dylib", "/usr/local/lib/libvips.42.dylib"]
        : ["libvips.so.42", "libvips.so"];

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    /// <summary>Makes sure that imports are resolved here; called before the first one.</summary>
    public static void Register() { }

    /// <summary>Whether a library is there to be loaded.</summary>
    public static bool IsPresent(string library) => Resolve(library, typeof(NativeLibraries).Assembly, null) != 0;

    /// <summary>Loads a library under any of its names; 0 if there is none.</summary>
    public static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath)
    {
        // GLib must be the one that libvips works with, within it or loaded by it: another, however found, knows none of its objects.
        if (library is GObject or GLib)
        {
            var vips = Resolve(Vips, assembly, searchPath);
            if (vips != 0 && NativeLibrary.TryGetExport(vips, library == GObject ? "g_object_unref" : "g_free", out _)) return vips;
        }
        if (library == Vips) return VipsLibrary.Handle;
        foreach (var name in Names(library))
        {
            if (NativeLibrary.TryLoad(name, assembly, searchPath, out var handle)) return handle;
        }
        return 0;
    }

    // Windows looks for exports in the library itself, not in those that it loads; the others find GLib through libvips.
    private static string[] Names(string library) => library switch
    {
        TurboJpeg when OperatingSystem.IsWindows() => ["turbojpeg.dll", "libturbojpeg.dll"],
        TurboJpeg when OperatingSystem.IsMacOS() =>
            ["libturbojpeg.0.dylib", "libturbojpeg.dylib", "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib", "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib"],
        TurboJpeg => ["libturbojpeg.so.0", "libturbojpeg.so"],
        GObject when OperatingSystem.IsWindows() => ["libgobject-2.0-0.dll"],
        GLib when OperatingSystem.IsWindows() => ["libglib-2.0-0.dll"],
        _ => [],
    };
}
