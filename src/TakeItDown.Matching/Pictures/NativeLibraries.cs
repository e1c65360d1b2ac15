using System.Reflection;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pictures;

/// <summary>Finds the native libraries under the names that the systems give them. Their absence disables a decoder and nothing else.</summary>
internal static class NativeLibraries
{
    public const string TurboJpeg = "turbojpeg";
    public const string Vips = "vips";
    public const string GObject = "gobject-2.0";
    public const string GLib = "glib-2.0";

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    /// <summary>Makes sure that imports are resolved here; called before the first one.</summary>
    public static void Register() { }

    /// <summary>Whether a library is there to be loaded.</summary>
    public static bool IsPresent(string library) => Resolve(library, typeof(NativeLibraries).Assembly, null) != 0;

    /// <summary>Loads a library under any of its names; 0 if there is none.</summary>
    public static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var name in Names(library))
        {
            if (NativeLibrary.TryLoad(name, assembly, searchPath, out var handle)) return handle;
        }
        return 0;
    }

    // A Windows or macOS build of libvips may carry GLib within itself, hence libvips among its names.
    private static string[] Names(string library) => library switch
    {
        TurboJpeg when OperatingSystem.IsWindows() => ["turbojpeg.dll", "libturbojpeg.dll"],
        TurboJpeg when OperatingSystem.IsMacOS() =>
            ["libturbojpeg.0.dylib", "libturbojpeg.dylib", "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib", "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib"],
        TurboJpeg => ["libturbojpeg.so.0", "libturbojpeg.so"],
        Vips when OperatingSystem.IsWindows() => ["libvips-42.dll"],
        Vips when OperatingSystem.IsMacOS() => ["libvips.42.dylib", "/opt/homebrew/lib/libvips.42.dylib", "/usr/local/lib/libvips.42.dylib"],
        Vips => ["libvips.so.42", "libvips.so"],
        GObject when OperatingSystem.IsWindows() => ["libgobject-2.0-0.dll", "libvips-42.dll"],
        GObject when OperatingSystem.IsMacOS() => ["libgobject-2.0.0.dylib", "/opt/homebrew/lib/libgobject-2.0.0.dylib", "/usr/local/lib/libgobject-2.0.0.dylib", "libvips.42.dylib"],
        GObject => ["libgobject-2.0.so.0"],
        GLib when OperatingSystem.IsWindows() => ["libglib-2.0-0.dll", "libvips-42.dll"],
        GLib when OperatingSystem.IsMacOS() => ["libglib-2.0.0.dylib", "/opt/homebrew/lib/libglib-2.0.0.dylib", "/usr/local/lib/libglib-2.0.0.dylib", "libvips.42.dylib"],
        GLib => ["libglib-2.0.so.0"],
        _ => [],
    };
}
