// SPDX-License-Identifier: Apache-2.0
// Stands in for libcupti.so.13, the tracing library that LibTorch's profiler would use with a GPU; see cudart.c. Every
// call answers "no such device", whatever its arguments, so one signature serves them all: on x86-64 (System V) the
// caller owns and cleans up the arguments. Results that a caller could read although the call failed are set all the
// same.

enum { kCuptiErrorInvalidDevice = 2 };

#define FALCONER_NO_DEVICE(function)                                                                                   \
    int function(void) { return kCuptiErrorInvalidDevice; }

FALCONER_NO_DEVICE(cuptiActivityDisable)
FALCONER_NO_DEVICE(cuptiActivityEnable)
FALCONER_NO_DEVICE(cuptiActivityEnableCudaEventDeviceTimestamps)
FALCONER_NO_DEVICE(cuptiActivityEnableDriverApi)
FALCONER_NO_DEVICE(cuptiActivityEnableRuntimeApi)
FALCONER_NO_DEVICE(cuptiActivityFlushAll)
FALCONER_NO_DEVICE(cuptiActivityPopExternalCorrelationId)
FALCONER_NO_DEVICE(cuptiActivityPushExternalCorrelationId)
FALCONER_NO_DEVICE(cuptiActivityRegisterCallbacks)
FALCONER_NO_DEVICE(cuptiActivityRegisterTimestampCallback)
FALCONER_NO_DEVICE(cuptiActivitySetAttribute)
FALCONER_NO_DEVICE(cuptiEnableCallback)
FALCONER_NO_DEVICE(cuptiEnableDomain)
FALCONER_NO_DEVICE(cuptiFinalize)
FALCONER_NO_DEVICE(cuptiSubscribe)
FALCONER_NO_DEVICE(cuptiUnsubscribe)

int cuptiActivityGetNextRecord(unsigned char* buffer, unsigned long size, void** record)
{
    (void)buffer;
    (void)size;
    if (record != 0)
        *record = 0;
    return kCuptiErrorInvalidDevice;
}

int cuptiActivityGetNumDroppedRecords(void* context, unsigned streamId, unsigned long* dropped)
{
    (void)context;
    (void)streamId;
    if (dropped != 0)
        *dropped = 0;
    return kCuptiErrorInvalidDevice;
}

int cuptiGetCallbackName(int domain, unsigned callbackId, const char** name)
{
    (void)domain;
    (void)callbackId;
    if (name != 0)
        *name = "";
    return kCuptiErrorInvalidDevice;
}

int cuptiGetResultString(int result, const char** text)
{
    (void)result;
    if (text != 0)
        *text = "no CUDA-capable device is detected";
    return kCuptiErrorInvalidDevice;
}

int cuptiGetVersion(unsigned* version)
{
    if (version != 0)
        *version = 0;
    return kCuptiErrorInvalidDevice;
}
