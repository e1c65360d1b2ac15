using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pictures.Vips;

/// <summary>Properties and reference counts of GObjects, as far as libvips operations need them.</summary>
internal static unsafe partial class GObject
{
    static GObject() => NativeLibraries.Register();

    /// <summary>Sets a property that holds an object.</summary>
    public static void SetObject(nint target, string property, nuint type, nint value)
    {
        var holder = default(GValue);
        InitValue(ref holder, type);
        SetValueObject(ref holder, value);
        SetProperty(target, property, ref holder);
        UnsetValue(ref holder);
    }

    /// <summary>Gets an object from a property; the caller owns a reference to it.</summary>
    public static nint GetObject(nint source, string property, nuint type)
    {
        var holder = default(GValue);
        InitValue(ref holder, type);
        GetProperty(source, property, ref holder);
        var value = DuplicateValueObject(ref holder);
        UnsetValue(ref holder);
        return value;
    }

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint @object);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_free")]
    public static partial void Free(byte* memory);

    /// <summary>Keeps libvips from writing what it thinks of hostile files to standard error.</summary>
    public static void SilenceVips()
    {
        const int WarningMessageInfoDebug = 16 | 32 | 64 | 128;
        SetLogHandler("VIPS", WarningMessageInfoDebug, &Ignore, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Ignore(byte* domain, int level, byte* message, nint data) { }

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint SetLogHandler(string domain, int levels, delegate* unmanaged[Cdecl]<byte*, int, byte*, nint, void> handler, nint data);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_init")]
    private static partial nint InitValue(ref GValue value, nuint type);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_unset")]
    private static partial void UnsetValue(ref GValue value);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_set_object")]
    private static partial void SetValueObject(ref GValue value, nint @object);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_dup_object")]
    private static partial nint DuplicateValueObject(ref GValue value);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetProperty(nint @object, string property, ref GValue value);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void GetProperty(nint @object, string property, ref GValue value);

    [StructLayout(LayoutKind.Sequential)]
    private struct GValue
    {
        private nuint _type;
        private ulong _first, _second;
    }
}
